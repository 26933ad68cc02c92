import * as z from 'zod/mini';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { listed } from '../../domain/listed.ts';
import { fieldErrors } from '../../domain/problems/field-errors.ts';
import { sentence } from '../../domain/problems/issue-sentence.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import { KEEPABLE, keptAlong } from '../../domain/removal/keepable.ts';
import { type Leaving, leaving } from '../../domain/sites/leaving.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { OF_A_SITE } from '../shared/api/known-parameters.ts';
import { actOnSite } from '../shared/api/on-site.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { siteOf } from '../shared/api/site-of.ts';
import { askRemovalPlan } from '../shared/removal/ask-removal.ts';
import type { RemovalOptions } from '../shared/removal/removal-survey.ts';
import { takeBack } from '../shared/removal/take-back.ts';

/**
 * `DELETE /v1/sites/{domain}`: takes a site back until nothing of it is left, whatever its state; 409 while an operation runs. With
 * `?plan=true` it says what the same request would do, and does nothing.
 */
export const handler = api(
  async (event, context) => {
    if (!isPlan(event.queryStringParameters?.['plan'])) {
      return actOnSite(event, context, ({ body, ...request }) => {
        const asked = readLeaving(body);
        return takeBack(request, { to: 'nothing', approve: asked.approve, ...optionsOf(asked, request.record) });
      });
    }
    const asked = readLeaving(readBody(event));
    const record = await siteOf(event, openLedger(readEnvironment()));
    const plan = await askRemovalPlan({ record, now: context.now, ...optionsOf(asked, record) });
    return { status: 200, body: plan };
  },
  { query: [...OF_A_SITE, 'plan'] },
);

function isPlan(asked: string | undefined): boolean {
  if (asked === undefined || asked === 'false') return false;
  if (asked === 'true') return true;
  throw new Refusal('invalid-parameter', 'Cannot use the query parameter "plan": it must be "true" or "false"');
}

function readLeaving(body: string): Leaving {
  const parsed = z.safeParse(leaving, body.trim() === '' ? {} : readJson(body), { error: sentence });
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error.issues.flatMap(fieldErrors));
}

/** What of the site is to stay. */
function optionsOf({ deleteZone = false, keep = [] }: Leaving, { steps }: SiteRecord): RemovalOptions {
  const { keeps, unknown } = keptAlong(keep, { steps });
  const errors = unknown.map((entry) => ({
    pointer: `#/keep/${keep.indexOf(entry)}`,
    detail: `Must be the id of a resource of the site, as "made" of its steps has it, or one of ${listed(KEEPABLE)}`,
  }));
  if (errors.length > 0) throw unreadable(errors);
  if (deleteZone && keeps.includes('hosted zone')) {
    const detail = 'Must be false: what "keep" names needs the hosted zone';
    throw unreadable([{ pointer: '#/deleteZone', detail }]);
  }
  return { ...(!deleteZone && { retainsZone: true }), ...(keeps.length > 0 && { keeps }) };
}

function unreadable(errors: FieldError[]): Refusal {
  const detail =
    'Cannot delete the site as asked for: only "approve", "deleteZone" and "keep" say how; nothing was changed';
  return new Refusal('invalid-parameter', detail, { errors });
}
