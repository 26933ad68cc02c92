import * as z from 'zod/mini';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { leaving } from '../../domain/sites/leaving.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { OF_A_SITE } from '../shared/api/known-parameters.ts';
import { actOnSite } from '../shared/api/on-site.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { siteOf } from '../shared/api/site-of.ts';
import { planRemoval } from '../shared/removal/plan-removal.ts';
import type { RemovalOptions } from '../shared/removal/read-removal.ts';
import { takeBack } from '../shared/removal/take-back.ts';

/**
 * `DELETE /v1/sites/{domain}`: takes a site back until nothing of it is left, whatever its state; 409 while an operation runs. With
 * `?plan=true` it says what the same request would do, and does nothing.
 */
export const deleteSite = (newResolver: () => Resolver) =>
  api(
    async (event, { now, ...context }) => {
      if (!isPlan(event.queryStringParameters?.['plan'])) {
        return actOnSite(event, { now, ...context }, ({ body, ...request }) => {
          const { approve, ...options } = readLeaving(body);
          return takeBack(request, { to: 'nothing', approve, ...options });
        });
      }
      const { approve: _, ...options } = readLeaving(readBody(event));
      const ledger = openLedger(readEnvironment());
      const record = await siteOf(event, ledger);
      const plan = await planRemoval(record, { ledger, dns: newResolver(), now, ...options });
      return { status: 200, body: plan };
    },
    { query: [...OF_A_SITE, 'plan'] },
  );

/** How long name servers have to answer: the caller waits. */
const DEADLINE_MS = 10_000;

export const handler = deleteSite(() => new Resolver({ deadlineMs: DEADLINE_MS }));

function isPlan(asked: string | undefined): boolean {
  if (asked === undefined || asked === 'false') return false;
  if (asked === 'true') return true;
  throw new Refusal('invalid-parameter', 'Cannot use the query parameter "plan": it must be "true" or "false"');
}

function readLeaving(body: string): RemovalOptions & { approve?: string } {
  const parsed = z.safeParse(leaving, body.trim() === '' ? {} : readJson(body));
  if (parsed.success) {
    const { deleteZone = false, approve } = parsed.data;
    return { ...(approve !== undefined && { approve }), ...(!deleteZone && { retainsZone: true }) };
  }
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: ['#', ...path].join('/'),
    detail: message,
  }));
  const detail = 'Cannot read the body: send nothing, or "approve" and "deleteZone"; nothing was changed';
  throw new Refusal('invalid-parameter', detail, { errors });
}
