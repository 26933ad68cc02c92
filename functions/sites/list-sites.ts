import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { listSites } from '../../aws/ledger/list-sites.ts';
import { quoted } from '../../domain/names/name-problem.ts';
import type { SiteList } from '../../domain/sites/view.ts';
import { api, Refusal } from '../shared/api/api.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** `GET /v1/sites`: the sites by domain, a page at a time (`limit` 1 to 100, default 50; `next` from the page before). */
export const handler = api(async (event) => {
  const { limit, next } = event.queryStringParameters ?? {};
  const list: SiteList = await listSites(openLedger(readEnvironment()), {
    limit: readLimit(limit),
    after: readNext(next),
  });
  return { status: 200, body: list };
});

function readLimit(given: string | undefined): number {
  if (given === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new Refusal(
    'invalid-parameter',
    `Cannot use ${quoted(given)} as "limit": give a number from 1 to ${MAX_LIMIT}`,
  );
}

function readNext(given: string | undefined): string | undefined {
  if (given === undefined || /^[a-z0-9.-]{1,253}$/.test(given)) return given;
  throw new Refusal('invalid-parameter', `Cannot use ${quoted(given)} as "next": give it as the page before had it`);
}
