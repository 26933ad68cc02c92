import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { api } from '../api.ts';
import { domainOf, siteNotFound } from '../site-path.ts';
import { viewOf } from '../site-view.ts';

/** `GET /v1/sites/{domain}`: the site, its steps and its timeline. Takes the domain in any spelling. */
export const handler = api(async (event) => {
  const { domain, given } = domainOf(event);
  const record = domain && (await readSite(openLedger(readEnvironment()), domain, { timeline: true }));
  if (!record) throw siteNotFound(given);
  return { status: 200, body: viewOf(record) };
});
