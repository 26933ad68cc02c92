import { Resolver } from '../../../aws/dns/resolver.ts';
import { readEnvironment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { mayRepair, type RepairKind } from '../../../domain/care/repair.ts';
import { isActive } from '../../../domain/changes/change.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Seen } from '../../../domain/plans/reference.ts';
import type { ZoneDeletions } from '../../../domain/records/deletion-limits.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import type { AddressLoss } from '../../../domain/servers/address-loss.ts';
import { WAIT_OR_CANCEL } from '../../../domain/sites/life/advice.ts';
import { declaresTheSame, replacesDocument } from '../../../domain/sites/life/begin.ts';
import { isDeclared, isLive } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { needsZone } from '../../../domain/zones/needs-zone.ts';
import { type Answer, locationOf, Refusal } from '../api/api.ts';
import type { AskSurvey } from '../plans/ask-survey.ts';
import { checkPlan, referredPlan } from '../plans/check-plan.ts';
import { checkUnplanned } from '../plans/check-unplanned.ts';
import { type Approved, approvedRemoval, removalOf } from '../removal/approved-removal.ts';
import { takeShare } from '../tenants/take-share.ts';
import { claimNames } from './contested-names.ts';
import { writeDeclaration } from './declaring.ts';
import { readNameHolders } from './name-holders.ts';
import { startOperation } from './operations.ts';
import { viewOf } from './site-view.ts';

export interface Declaration extends Seen {
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  /** The caller's ARN. */
  by: string | undefined;
  /** The id of this one request. */
  request: string;
  newResolver: () => Resolver;
  survey: AskSurvey;
  now: Date;
  /** Whether a site that is live as declared is put right where it is not so: by changes of these kinds alone. */
  repairs?: readonly RepairKind[];
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
  {
    record,
    key,
    by,
    plan,
    approve,
    request,
    newResolver,
    survey,
    now,
    repairs,
  }: Declaration & { record: SiteRecord | undefined },
): Promise<boolean> {
  const over = record?.item;
  const idle = over !== undefined && isLive(over) && declaresTheSame(declared, over);
  if (idle && !plan && !repairs) return false;
  const planned = plan && (await referredPlan(ledger, plan, { declared, now }));
  const found = await survey({
    declared,
    record,
    planning: false,
    undelegated: planned?.undelegated,
    now: now.toISOString(),
  });
  const { site, loss } = found;
  const environment = readEnvironment();
  if (planned) await checkPlan(planned, found, newResolver());
  const changes = found.changes.filter(isActive);
  if (idle && changes.length === 0) return false;
  if (repairs && !mayRepair(changes, repairs)) return false;
  if (!planned) {
    await checkUnplanned(found, { record, dns: newResolver(), now }).catch(async (error: unknown) => {
      // Of a name that is another's no more is told than that, as its claim tells it.
      const taken = error instanceof Refusal ? await readNameHolders(ledger, site, now) : [];
      if (taken.length > 0) await (await claimNames(ledger, site, { request, environment, newResolver, now }))();
      throw error;
    });
  }
  const isRead = over !== undefined && isJudged(over);
  // One checksum comes with a request: what the operation before was allowed to lose is not asked for again.
  const loses = (over?.operation ?? over?.last)?.loses ?? [];
  const approved = approvedFor({
    deletions: found.deletions,
    obstacles: (isRead && replacesDocument(site, over) && found.obstacles) || [],
    loss: loss?.records.length && !loses.includes(loss.address) ? loss : undefined,
    planned: planned !== undefined,
    approve,
    domain: site.domain,
  });
  const giveBack = await claimNames(ledger, site, { request, environment, newResolver, now });
  await takeShare(ledger, site, {
    over,
    makesZone: needsZone(site, found.publicZones, over),
    granted: async () => found.granted,
    now,
  }).catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  const silences = planned ? planned.silences : approve;
  const item = await writeDeclaration(ledger, site, {
    over,
    request: key,
    by,
    plan: plan?.id,
    approve,
    repairs: repairs && changes.map(({ message }) => message),
    approved: { loses, ...approved, ...(silences !== undefined && { silences }) },
    now,
  });
  if (!item) {
    await giveBack();
    throw running(site.domain, 'another request was faster');
  }
  await startOperation(item);
  return true;
}

/** Whether what the operation removes is read beforehand: of a site that viewers know, and where something was found to prevent it. */
function isJudged(item: SiteItem): boolean {
  const { liveAt, reason } = item;
  return isDeclared(item) && (liveAt !== undefined || reason?.step === 'CheckRemoval');
}

interface Judging {
  /** Where they are limited. */
  deletions: readonly ZoneDeletions[] | undefined;
  obstacles: readonly Obstacle[];
  loss: AddressLoss | undefined;
  /** Whether the whole plan was seen, and is carried out as it was. */
  planned: boolean;
  /** The checksum of the deletions, as a refusal showed it. */
  approve: string | undefined;
  domain: string;
}

/** What an operation may delete, retain and lose: read before anything is changed. */
function approvedFor({ deletions, planned, ...asked }: Judging): Partial<Approved> {
  if (!deletions && asked.obstacles.length === 0 && !asked.loss) return {};
  const inZones = deletions ?? [];
  const { deletes, ...others } = planned ? removalOf(inZones, asked) : approvedRemoval(inZones, asked);
  return { ...(deletions && { deletes }), ...others };
}

/** How long name servers have to answer: the caller waits, in milliseconds. */
const DEADLINE_MS = 10_000;

export const impatientResolver = (): Resolver => new Resolver({ deadlineMs: DEADLINE_MS });

/** The refusal while an operation of another request runs. */
export function running(domain: string, why: string): Refusal {
  const detail = `Cannot declare "${domain}": an operation is running for it (${why}); ${WAIT_OR_CANCEL}`;
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
