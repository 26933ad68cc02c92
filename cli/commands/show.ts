import type { SiteView } from '../../domain/sites/view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { follow } from '../follow.ts';
import { nextOf, sayOutcome } from '../outcome.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { siteText } from '../text/site-text.ts';

export async function show(
  domain: string,
  { watch = false, wait, ...options }: ApiOptions & { watch?: boolean; wait?: boolean },
): Promise<ExitCode> {
  const session = await openSession(options);
  const site = watch
    ? await follow(session, domain, { wait })
    : await session.api.get<SiteView>(`/v1/sites/${encodeURIComponent(domain)}`);
  if (session.json) sayJson(site);
  if (watch) return sayOutcome(session, site, ['undoing', 'undone'].includes(site.state) ? 'undone' : 'live');
  session.say(siteText(site));
  session.next(nextOf(site));
  return EXIT.done;
}
