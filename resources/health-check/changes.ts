import type { HealthCheck } from '../../aws/health-checks/health-check.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { movesOriginName } from '../../domain/edges/cdn-origin.ts';
import {
  asksTheSame,
  type HealthCheckSettings,
  healthCheckOf,
  isElsewhere,
} from '../../domain/failover/health-check.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { healthCheckIdOf, isOfPair } from '../../domain/records/failover-pair.ts';
import { type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import { isDeclared } from '../record/changes.ts';
import type { ViewedZone } from '../record/zone-views.ts';
import type { Scope } from '../resource.ts';
import { configOf, differences, settingsOf } from './config.ts';

export const TYPE = 'health check';

/** One that was created for the site, by its caller reference. */
export interface OwnCheck extends HealthCheck {
  tags: Readonly<Record<string, string>>;
}

export interface SeenChecks {
  own: readonly OwnCheck[];
  /** How many the account has, and those of others that are calculated from a check. */
  count: number;
  calculated: readonly { id: string; children: readonly string[] }[];
  /** The zones of the names of the site, where checks are to be released. */
  zones?: readonly ViewedZone[];
}

export function healthCheckChanges(
  [desired]: readonly HealthCheckSettings[],
  seen: SeenChecks,
  scope: Scope,
): Change[] {
  const used = desired && usedCheck(desired, seen, scope);
  return [
    ...inPhase('prepare', desired ? [moveConflict(desired, scope) ?? usedChange(desired, used, scope)] : []),
    ...inPhase(
      'release',
      seen.own.filter((each) => each !== used).map((each) => removal(each, seen, scope)),
    ),
  ];
}

/**
 * The one that the document uses: the one that the steps have told, else one that asks the same. Another question in a new document
 * gets a check of its own: what records follow goes on asking what serves until they have moved. One that another tool has changed is
 * set back.
 */
export function usedCheck(
  desired: HealthCheckSettings,
  { own }: Pick<SeenChecks, 'own'>,
  { known, record }: Pick<Scope, 'known' | 'record'>,
): OwnCheck | undefined {
  const told = own.find(({ id }) => id === known.CreateHealthCheck?.healthCheckId);
  if (told) return told;
  const made = record ? madeOf(record, TYPE).map(({ id }) => id) : [];
  const inOrder = own.toSorted((one, other) => Number(made.includes(other.id)) - Number(made.includes(one.id)));
  const same = inOrder.find(({ config }) => {
    const settings = settingsOf(config);
    return settings !== undefined && asksTheSame(settings, desired);
  });
  if (same) return same;
  const live = record?.item.live && healthCheckOf(record.item.live);
  if (live && !asksTheSame(live, desired)) return undefined;
  return inOrder.find(({ config }) => {
    const settings = settingsOf(config);
    return settings?.type === desired.type && settings.intervalSeconds === desired.intervalSeconds;
  });
}

function usedChange(desired: HealthCheckSettings, used: OwnCheck | undefined, { owner, site }: Scope): Unphased {
  const config = configOf(desired);
  const url = inWords(desired);
  if (!used) {
    const message = `Create a health check that asks ${url} every ${desired.intervalSeconds} s`;
    return {
      verb: 'create',
      resource: { type: TYPE, name: owner.domain },
      after: { ...config, ...(site && isElsewhere(site) && { elsewhere: true }), tags: ownerTags(owner) },
      message,
    };
  }
  const { id, tags } = used;
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id };
  const { before, after, words } = differences(used.config, config);
  if (!isOwnedBy(owner, tags)) {
    const all = [...words, 'bear the tags of the site'].join(' and ');
    const change = { before: { ...before, tags }, after: { ...after, tags: ownerTags(owner) } };
    return { verb: 'update', resource, ...change, message: `Have the health check ${id} ${all}` };
  }
  if (words.length === 0) return kept(resource, config, `Use the health check ${id}, which asks ${url}`);
  return { verb: 'update', resource, before, after, message: `Have the health check ${id} ${words.join(' and ')}` };
}

/**
 * Until the origin name moves with viewers, another question would be put to the former origin: the check would fail, and send them to the
 * page.
 */
function moveConflict(desired: HealthCheckSettings, { site, record, owner }: Scope): Unphased | undefined {
  const live = record?.item.live;
  const asked = live && healthCheckOf(live);
  if (!site || !asked || asksTheSame(asked, desired) || !movesOriginName(site, live)) return undefined;
  const name = desired.originName;
  const message = `Cannot ask ${inWords(desired)} in place of ${inWords(asked)}: "${name}" moves to the new origin with viewers, and a health check that asks something else has to succeed before. Give the new origin a name of its own ("failover": { "originName": "to-${name}" })`;
  return { verb: 'conflict', resource: { type: TYPE, name: owner.domain }, before: {}, message };
}

/** Failures R22: Route 53 deletes it although records use it. */
function removal({ id, config }: OwnCheck, seen: SeenChecks, scope: Scope): Unphased {
  const { owner } = scope;
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id };
  const users = usersOf(id, seen, scope);
  if (users.length > 0) {
    const message = `${users.join('; ')}. Take the health check off there, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  const asked = config.FullyQualifiedDomainName ?? '';
  return { verb: 'delete', resource, before: config, message: `Delete the health check ${id} of "${asked}"` };
}

function usersOf(
  id: string,
  { zones = [], calculated }: SeenChecks,
  { site, known }: Pick<Scope, 'site' | 'known'>,
): string[] {
  // A plan is made before a change has moved the records of the names that it keeps.
  const moves = (set: RecordSet) => !known.PointRecords && isOfPair(set) && isDeclared(set.name, site);
  const records = zones.flatMap(({ name, view }) =>
    view.sets
      .filter((set) => healthCheckIdOf(set) === id && !moves(set))
      .map((set) => `${targetOf(set)} in the hosted zone "${name}" uses it`),
  );
  const checks = calculated.filter(({ children }) => children.includes(id));
  return [...records, ...checks.map((each) => `the calculated health check ${each.id} uses it`)];
}

/** The health check that records follow, and in a plan the words that stand for it; nothing where none do. */
export function healthCheckHandles(
  [desired]: readonly HealthCheckSettings[],
  seen: SeenChecks | undefined,
  scope: Scope,
): StepOutputs['CreateHealthCheck'] | undefined {
  if (!desired) return undefined;
  const used = seen && usedCheck(desired, seen, scope);
  return { healthCheckId: used?.id ?? standIn(`health check ${scope.owner.domain}`) };
}

/** "https://origin.shop.example.test/health" */
export function inWords({ type, originName, port, path }: HealthCheckSettings): string {
  return new URL(path, `${type.toLowerCase()}://${originName}:${port}`).href;
}
