import type { Maintenance, MaintenanceStanding } from '../../failover/maintenance.ts';
import type { EndedOperation, Operation } from '../../ledger/operation.ts';
import type { SiteItem } from '../../ledger/site-item.ts';
import { differingFields } from '../differing-fields.ts';
import { executionName } from '../execution-name.ts';
import { formerNames } from '../former-names.ts';
import type { Site } from '../site.ts';
import { factsOf, type OperationName } from './operations.ts';
import { desiredDocument, unfinished } from './standing.ts';
import { isDeclared } from './states.ts';

/** Whoever asked for an operation, and what it may do. */
export interface Begun {
  /** The Idempotency-Key of the request that asked for it, hashed. */
  request?: string | undefined;
  /** The ARN of the caller that asked for it; undefined for what follows by itself. */
  by?: string | undefined;
  /** What it may delete, retain, lose and let fall silent, where its request was judged by that. */
  approved?:
    | Pick<Operation, 'deletes' | 'retains' | 'loses' | 'silences' | 'retainsZone' | 'keeps' | 'from'>
    | undefined;
  now: Date;
}

/** The site as a declaration is to be written over it; undefined for a site that is not declared yet. */
export function declared(site: Site, { over, ...begun }: Begun & { over: SiteItem | undefined }): SiteItem {
  if (!isDeclared(over)) return first(site, { over, ...begun });
  const {
    left: _,
    former: __,
    serverStopped: ___,
    ...item
  } = next(over, { name: operationOver(site, over), ...begun });
  const changed = notSwitched(withFormer({ ...item, site }, formerNames(site, over)), unfinished(over));
  // Without a page nothing of it stays on: a failover that is declared later begins with the site.
  return site.failover ? changed : withMaintenance(changed, {});
}

/**
 * The operation that a declaration begins. A site that has been declared before is changed: what its earlier documents have made
 * and this one doesn't want is released at the end. A first onboarding that is tried again has nothing to release.
 */
function operationOver(site: Site, over: SiteItem | undefined): OperationName {
  if (!isDeclared(over)) return 'onboard';
  const before = unfinished(over);
  if (over.live || !declaresTheSame(site, over)) return 'change';
  return before ? factsOf(before).declaredAgain : 'onboard';
}

/** Whether a declaration begins an operation that releases what earlier documents have made. */
export function replacesDocument(site: Site, over: SiteItem | undefined): boolean {
  return factsOf({ name: operationOver(site, over) }).releases;
}

/** Whether a declaration says what the site already is; subnets that it leaves to us may have been chosen. */
export function declaresTheSame(site: Site, { site: standing }: Pick<SiteItem, 'site'>): boolean {
  return differingFields(site, standing).length === 0;
}

/** Whether the site is to be as a declaration says, now or by the operation that runs. */
export function desires(item: SiteItem, site: Site): boolean {
  return desiredDocument(item) !== undefined && declaresTheSame(site, item);
}

/** The site as its traffic is on its way to the maintenance page, or back to the origin. */
export function switching(
  over: SiteItem,
  { maintenance, hold, ...begun }: Omit<Begun, 'approved'> & { maintenance: Maintenance; hold: boolean },
): SiteItem {
  const item = next(over, { name: 'switch', approved: { from: maintenanceOf(over) }, ...begun });
  return withMaintenance(item, { maintenance, ...(hold && { hold }) });
}

/** The maintenance of a site as it stands. */
export function maintenanceOf({ maintenance, hold }: MaintenanceStanding): MaintenanceStanding {
  return { ...(maintenance && { maintenance }), ...(hold && { hold }) };
}

/** A site with another maintenance. */
export function withMaintenance<Item extends MaintenanceStanding>(item: Item, standing: MaintenanceStanding): Item {
  const { maintenance: _, hold: __, ...rest } = item;
  return { ...rest, ...maintenanceOf(standing) } as Item;
}

/** A switch that was stopped is not what another operation goes on with. */
function notSwitched(item: SiteItem, stopped: Operation | undefined): SiteItem {
  return stopped?.from ? withMaintenance(item, stopped.from) : item;
}

/** The operation that was stopped or has failed again, with what was approved for it. */
export function resumed(over: SiteItem, begun: Omit<Begun, 'approved'>): SiteItem {
  const { name = 'onboard', ...approved } = unfinished(over) ?? {};
  return next(over, { name, approved, ...begun });
}

/** The operation that runs, by another execution: who asked for it, with what request, and why, stay. */
export function continued(over: SiteItem & { operation: Operation }, now: Date): SiteItem {
  const { request, by } = over.operation;
  return { ...resumed(over, { request, by, now }), ...(over.reason && { reason: over.reason }) };
}

/** Until nothing of the site is left. */
export function undone(over: SiteItem, begun: Begun): SiteItem {
  const { left: _, live, ...item } = keepingReason(over, next(over, { name: 'undo', ...begun }));
  const former = live
    ? formerNames(over.site, { site: live, ...(over.former && { former: over.former }) })
    : over.former;
  return withFormer(withMaintenance(item, {}), former);
}

/** Back to the document that was live: a change like any other. */
export function broughtBack(over: SiteItem, begun: Omit<Begun, 'approved'>): SiteItem {
  const { left: _, former: __, ...item } = keepingReason(over, next(over, { name: 'change', ...begun }));
  const site = over.live ?? over.site;
  return notSwitched(withFormer({ ...item, site }, formerNames(site, over)), unfinished(over));
}

/** Why nothing is left of a site, or why it goes back, stays with it; why an undo before this one has failed doesn't. */
function keepingReason({ reason, last }: SiteItem, item: SiteItem): SiteItem {
  return { ...item, ...(reason && !(last && !factsOf(last).keepsReason) && { reason }) };
}

function withFormer({ former: _, ...item }: SiteItem, former: readonly string[] | undefined): SiteItem {
  return { ...item, ...(former?.length && { former: [...former] }) };
}

/** The first operation of a site, or the first one after its undo: nothing of that life counts any more but its revision, and what was kept of it. */
function first(site: Site, { over, ...begun }: Begun & { over: SiteItem | undefined }): SiteItem {
  const { domain } = site;
  const began = operation({ domain, revision: over?.revision ?? 0 }, { name: 'onboard', ...begun });
  const kept = over?.kept?.length && { kept: over.kept };
  return { site, ...began, ...(over?.last && { last: over.last }), ...kept, createdAt: begun.now.toISOString() };
}

/**
 * The next operation of a site that is declared. Every operation has a revision of its own: it is the fence that refuses the
 * workers of the one before, and what names and tokens are derived from.
 */
function next(over: SiteItem, begun: Begun & { name: OperationName }): SiteItem {
  const { operation: before, reason: _, request: __, documentRevision, ...site } = over;
  const based = factsOf(begun).movesTrafficOnly && { documentRevision: documentRevision ?? over.revision };
  return { ...site, ...based, ...operation(over, begun), ...(before && { last: ended(before, begun.now) }) };
}

type Operating = Pick<SiteItem, 'domain' | 'state' | 'revision' | 'request' | 'updatedAt'> & { operation: Operation };

function operation(
  over: Pick<SiteItem, 'domain' | 'revision' | 'live'>,
  {
    name,
    request,
    by,
    approved: { deletes, retains, loses, silences, retainsZone, keeps, from } = {},
    now,
  }: Begun & { name: OperationName },
): Operating {
  const at = now.toISOString();
  const { domain } = over;
  const revision = over.revision + 1;
  const began: Operation = {
    name,
    execution: executionName(domain, revision, name),
    startedAt: at,
    ...(request !== undefined && { request }),
    ...(by !== undefined && { by }),
    ...(deletes && { deletes }),
    ...(retains?.length && { retains }),
    ...(loses?.length && { loses }),
    ...(silences !== undefined && { silences }),
    ...(retainsZone && { retainsZone }),
    ...(keeps?.length && { keeps }),
    ...(from && { from }),
  };
  const { wasLive, neverLive } = factsOf(began).runsAs;
  const state = over.live ? wasLive : neverLive;
  return { domain, state, revision, operation: began, ...(request !== undefined && { request }), updatedAt: at };
}

/** The operation as one that failed or was stopped. */
export function ended(operation: Operation, now: Date): EndedOperation {
  return { ...operation, endedAt: now.toISOString() };
}
