import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { lookupName } from '../../domain/names/lookup-name.ts';
import { quoted } from '../../domain/names/name-problem.ts';
import { api, Refusal } from '../api.ts';
import { viewOf } from '../site-view.ts';

/** `GET /v1/sites/{domain}`: the site, its steps and its timeline. Takes the domain in any spelling. */
export const handler = api(async (event) => {
  const given = decoded(event.pathParameters?.['domain'] ?? '');
  const name = lookupName(given);
  const record = name && (await readSite(openLedger(readEnvironment()), name, { timeline: true }));
  if (!record)
    throw new Refusal('site-not-found', `Cannot find the site ${quoted(given)}: declare it with POST /v1/sites`);
  return { status: 200, body: viewOf(record) };
});

/** API Gateway hands on the path as it came. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
