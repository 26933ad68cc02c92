import type { SiteView } from '../../domain/sites/view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { recordsText } from '../text/records-text.ts';
import { zoneLines } from '../text/zone-lines.ts';

/** What a person enters at another DNS provider, and takes out. */
export async function records(
  domain: string,
  { zone = false, ...options }: ApiOptions & { zone?: boolean },
): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const site = await api.get<SiteView>(`/v1/sites/${encodeURIComponent(domain)}`);
  const { records: entered = [], recordsToRemove = [], nameServers } = site;
  if (json) sayJson({ records: entered, recordsToRemove });
  if (zone) {
    say(zoneLines(entered).join('\n'));
    return EXIT.done;
  }
  const text = recordsText(site);
  say(text === '' ? `Nameplate writes the records of ${domain} itself: there is none to enter` : text);
  if (nameServers) say(`\nName servers to enter at the registrar: ${nameServers.join(', ')}`);
  next(`show ${domain}`);
  return EXIT.done;
}
