import { Resolver } from '../../../aws/dns/resolver.ts';
import { type Environment, readEnvironment } from '../../../aws/environment.ts';
import type { SiteItem, SiteRecord } from '../../../aws/ledger/items.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { type Change, isActive } from '../../../domain/changes/change.ts';
import type { Seen } from '../../../domain/plans/reference.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { longestMatch } from '../../../domain/zones/longest-match.ts';
import { type Answer, locationOf, Refusal } from '../api/api.ts';
import { checkPlan } from '../plans/check-plan.ts';
import type { Survey } from '../plans/check-world.ts';
import { planChanges } from '../plans/plan-changes.ts';
import { surveySite } from '../plans/survey-site.ts';
import { changeDeletions } from '../records/change-deletions.ts';
import { takeShare } from '../tenants/take-share.ts';
import { claimNames } from './contested-names.ts';
import { declaresTheSame, writeDeclaration } from './declaring.ts';
import { startOperation } from './operations.ts';
import { viewOf } from './site-view.ts';

export interface Declaration extends Seen {
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  /** The id of this one request. */
  request: string;
  now: Date;
}

/**
 * Begins the operation that makes a declaration true, over what stands. Everything is checked before anything is made, and
 * a crash at any point is mended by the same request again. A site that is live as declared is left alone, unless a plan
 * says that the world is no longer so.
 *
 * @returns whether an operation has begun
 */
export async function declare(
  ledger: Ledger,
  declared: Site,
  { record, key, plan, approve, request, now }: Declaration & { record: SiteRecord | undefined },
): Promise<boolean> {
  const over = record?.item;
  const idle = over?.state === 'live' && declaresTheSame(declared, over);
  if (idle && !plan) return false;
  const survey = await surveySite(declared, record, { newResolver, now });
  const { site } = survey;
  const environment = readEnvironment();
  const checked = plan && (await checkPlan(ledger, plan, { declared, survey, record, environment, now }));
  const changes = checked?.changes;
  if (idle && !changes?.some(isActive)) return false;
  const deletes = isLimited(over, site)
    ? await changeDeletions(changes ?? (await changesNow(survey, { record, environment, now })), {
        route53: route53Of(site, environment),
        zones: survey.zones.public,
        domain: site.domain,
        stack: environment.stackName,
        planned: plan !== undefined,
        approve,
      })
    : undefined;
  const giveBack = await claimNames(ledger, site, { request, environment, newResolver, now });
  await takeShare(ledger, site, {
    over,
    makesZone: longestMatch(site.domain, survey.zones.public) === undefined,
    clients: survey.clients,
    now,
  }).catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  const silences = plan ? checked?.silences : approve;
  const item = await writeDeclaration(ledger, site, { over, request: key, deletes, silences, now });
  if (!item) {
    await giveBack();
    throw running(site.domain, 'another request was faster');
  }
  await startOperation(item);
  return true;
}

/** Whether viewers know the site: then nobody lets more of its records go than was seen to go. */
function isLimited(over: SiteItem | undefined, site: Site): boolean {
  return over !== undefined && over.state !== 'undone' && over.liveAt !== undefined && !isExternal(site);
}

/** How long name servers have to answer: the caller waits, in milliseconds. */
const DEADLINE_MS = 10_000;

export const newResolver = (): Resolver => new Resolver({ deadlineMs: DEADLINE_MS });

async function changesNow(
  survey: Survey,
  { record, environment, now }: { record: SiteRecord | undefined; environment: Environment; now: Date },
): Promise<Change[]> {
  const { changes } = await planChanges(survey, { record, environment, newResolver, now });
  return changes;
}

/** The refusal while an operation runs that somebody else asked for. */
export function running(domain: string, why: string): Refusal {
  const detail = `Cannot declare "${domain}": an operation is running for it (${why}); watch it under its Location`;
  return new Refusal('operation-running', detail, { headers: { location: locationOf(domain) } });
}

/** The site as an answer: 202 when its operation runs, 200 when there is nothing to do. */
export async function answerWith(ledger: Ledger, domain: string, status: 200 | 202): Promise<Answer> {
  const record = await readSite(ledger, domain, { timeline: NEWEST });
  if (!record) throw new Error(`Cannot show "${domain}": the ledger has no such site`);
  return { status, headers: { location: locationOf(domain) }, body: viewOf(record) };
}

/** The record with its site as it was read last. */
export function withItem(record: SiteRecord | undefined, item: SiteItem | undefined): SiteRecord | undefined {
  return record && item ? { ...record, item } : record;
}
