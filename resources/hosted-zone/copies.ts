import type { RecordType } from 'dns-packet';
import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { COPIED_RECORD } from '../../domain/ledger/made-of.ts';
import type { Operation } from '../../domain/ledger/operation.ts';
import { applied } from '../../domain/records/applied.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { silenceChecksum } from '../../domain/zones/carry-over.ts';
import type { ExistingZone } from '../../domain/zones/seen-zone.ts';
import { whyNotDelegated } from '../../domain/zones/silenced-names.ts';
import { route53For } from '../record/traffic-records.ts';
import { recordMade, writeRecords } from '../record/write-records.ts';
import type { Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';
import { copiesInto } from './changes.ts';
import { type FoundZone, ownNames } from './delegating-zones.ts';

/**
 * Lets no name fall silent without approval.
 *
 * @throws {Failure} "Refused" with the list and the checksum that approves it
 */
export function checkSilence(zones: readonly FoundZone[], operation: Pick<Operation, 'silences'> | undefined): void {
  const delegating = zones.flatMap((zone) =>
    zone.delegating ? [{ ...zone.delegating, name: zone.name, names: ownNames(zone, zones) }] : [],
  );
  const checksum = silenceChecksum(delegating.flatMap(({ silenced }) => silenced));
  if (checksum === undefined || checksum === operation?.silences) return;
  throw new Failure('Refused', whyNotDelegated(delegating.filter(({ silenced }) => silenced.length > 0)));
}

/** Copies what viewers are answered today into a zone: undo puts these records back, and RemoveZone takes them away. */
export async function copyAnswers(zone: ExistingZone, doing: Doing): Promise<ExistingZone> {
  const { id, name, names, nameServers, ours, view, delegating } = zone;
  const { scope, revision } = doing;
  const { owner } = scope;
  const plan = (now: ZoneView) => copiesInto(now, { zone, owner });
  const changes = plan(view);
  // Before the batch: a worker that dies in it must not leave records that are not known to be ours.
  await doing.keep(...(delegating?.copies ?? []).flatMap((set) => [recordMade(set, id), recordCopied(set, id)]));
  const comment = `Nameplate: ${owner.domain} r${revision}, before delegation`;
  const written = { zone: { id, name, names, nameServers, ours, view }, plan, comment };
  const allowance = { item: recordOf(scope).item, stack: owner.stack };
  await write(() => writeRecords(route53For(doing, scope), { ...written, ...allowance }), zone);
  return { ...zone, view: applied(view, changes) };
}

/** What was copied into the zones and is there. */
export function copiesIn(zones: readonly FoundZone[]): RecordSet[] {
  return zones.flatMap((zone) => {
    if (zone.kind === 'new') return [];
    const copies = [...(zone.copied ?? []), ...(zone.delegating?.copies ?? [])];
    return zone.view.sets.filter((set) => copies.some((one) => isSameSet(one, set)));
  });
}

async function write(batch: () => Promise<unknown>, { name }: ExistingZone): Promise<void> {
  try {
    await batch();
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (!isCode(error, 'NoSuchHostedZone')) throw error;
    throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${name}"`, { cause: error });
  }
}

function recordCopied(set: RecordSet, zoneId: string): Made {
  return { type: COPIED_RECORD, id: targetOf(set), ours: true, detail: inWords(set), before: { zoneId, set } };
}

/**
 * Waits until every name server of the zones answers with what was copied: a person who reads them may enter them at once.
 *
 * @throws {Failure} "NotReady" until then
 */
export async function checkServed(
  dns: Resolver,
  zones: readonly FoundZone[],
  copies: readonly RecordSet[],
): Promise<void> {
  const asked = zones.flatMap((zone) => {
    const { names, delegating } = zone;
    const nameServers = zone.kind === 'existing' ? zone.nameServers : [];
    const here = delegating ? copies.filter(({ name }) => names.includes(name)) : [];
    return here.flatMap((set) => nameServers.map((server) => ({ server, set })));
  });
  const served = await Promise.all(asked.map(({ server, set }) => isServed(dns, server, set)));
  if (!served.includes(false)) return;
  throw new Failure('NotReady', 'Waiting until the name servers of Route 53 answer with the copied records');
}

async function isServed(dns: Resolver, server: string, { name, type }: RecordSet): Promise<boolean> {
  try {
    const { authoritative, answers } = await dns.ask(server, { name, type: type as RecordType });
    return authoritative && answers.length > 0;
  } catch (error) {
    if (error instanceof DnsFailure) return false;
    throw error;
  }
}
