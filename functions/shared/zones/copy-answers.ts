import { NoSuchHostedZone, type Route53Client } from '@aws-sdk/client-route-53';
import type { RecordType } from 'dns-packet';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { Failure } from '../../../domain/errors.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { COPIED_RECORD, copiedTo } from '../../../domain/ledger/made-of.ts';
import type { Operation } from '../../../domain/ledger/operation.ts';
import type { DelegatingZone } from '../../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Owner } from '../../../domain/ownership.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../../../domain/records/record-set.ts';
import type { ZoneView } from '../../../domain/records/zone-view.ts';
import {
  carryOver,
  type Delegating,
  planCopies,
  silenceChecksum,
  type Undelegated,
} from '../../../domain/zones/carry-over.ts';
import type { Zone } from '../../../domain/zones/longest-match.ts';
import { elsewhereInWords, silencedTargets, whyNotDelegated } from '../../../domain/zones/silence.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';
import { recordMade, writeRecords } from '../../../resources/record/write-records.ts';
import { readZoneViews } from '../../../resources/record/zone-views.ts';
import type { StepContext } from '../steps/step.ts';
import { foreseeDelegation } from './foresee-delegation.ts';

/** A zone of the site: what its delegation would change, unless it is delegated already, and what was copied into it. */
export type ForeseenZone = SiteZone & { view: ZoneView; delegating: Delegating | undefined; copied: RecordSet[] };

/**
 * What the delegation of each zone would change for viewers. One that is yet to be made is empty.
 *
 * @throws {Failure} "NotReady" when that can't be seen now
 */
export async function foreseeEach(
  newResolver: () => Resolver,
  zones: readonly SiteZone[],
  {
    record,
    owner,
    mayCopy,
    ...account
  }: { route53: Route53Client; zones: readonly Zone[]; owner: Owner; record: SiteRecord; mayCopy: boolean },
): Promise<ForeseenZone[]> {
  const dns = newResolver();
  return Promise.all(
    zones.map(async (zone) => {
      const undelegated = await undelegatedNow(dns, zone, account);
      const copied = copiedTo(record, zone.id);
      const needed = undelegated !== undefined || copied.length > 0;
      const { view } = needed ? await viewed(account.route53, zone) : { view: { zone: zone.name, sets: [] } };
      const delegating = undelegated && {
        ...undelegated,
        ...carryOver(view, {
          names: zone.names,
          owner,
          answered: undelegated.answered,
          mayCopy: mayCopy && zone.anothers !== true,
        }),
      };
      return { ...zone, view, delegating, copied };
    }),
  );
}

async function undelegatedNow(
  ...[dns, zone, account]: Parameters<typeof foreseeDelegation>
): Promise<Undelegated | undefined> {
  try {
    return await foreseeDelegation(dns, zone, account);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now what answers for "${zone.name}" before its delegation: ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

async function viewed(route53: Route53Client, zone: SiteZone): Promise<{ view: ZoneView }> {
  if (zone.nameServers.length === 0) return { view: { zone: zone.name, sets: [] } };
  const [found] = await readZoneViews(route53, [zone]);
  if (!found) throw new Error(`Cannot read the zone "${zone.name}"`);
  return found;
}

/**
 * Lets no name fall silent without approval.
 *
 * @throws {Failure} "Refused" with the list and the checksum that approves it
 */
export function checkSilence(zones: readonly ForeseenZone[], operation: Pick<Operation, 'silences'> | undefined): void {
  const delegating = zones.flatMap((zone) =>
    zone.delegating ? [{ ...zone.delegating, name: zone.name, names: ownNames(zone, zones) }] : [],
  );
  const checksum = silenceChecksum(delegating.flatMap(({ silenced }) => silenced));
  if (checksum === undefined || checksum === operation?.silences) return;
  throw new Failure('Refused', whyNotDelegated(delegating.filter(({ silenced }) => silenced.length > 0)));
}

/** Copies what viewers are answered today into the zones: undo puts these records back, and RemoveZone takes them away. */
export async function copyAnswers(
  zones: readonly ForeseenZone[],
  {
    route53,
    item,
    owner,
    keep,
  }: {
    route53: Route53Client;
    item: SiteItem;
    owner: Owner;
    keep: StepContext['keep'];
  },
): Promise<{ sets: RecordSet[]; made: Made[] }> {
  const found = await Promise.all(
    zones.map(async (zone) => {
      const { id, names, view, delegating, copied } = zone;
      const copies = delegating?.copies ?? [];
      const plan = (now: ZoneView) => planCopies(now, { names, owner, copies, copied });
      const standing = copied.filter((set) => view.sets.some((one) => isSameSet(one, set)));
      if (plan(view).length === 0) return { sets: standing, made: [] };
      const made = copies.flatMap((set) => [recordMade(set, id), recordCopied(set, id)]);
      // Before the batch: a worker that dies in it must not leave records that are not known to be ours.
      await keep(...made);
      const comment = `Nameplate: ${owner.domain} r${item.revision}, before delegation`;
      await write(() => writeRecords(route53, { zone, plan, comment, item, stack: owner.stack }), zone);
      return { sets: [...standing, ...copies], made };
    }),
  );
  return { sets: found.flatMap(({ sets }) => sets), made: found.flatMap(({ made }) => made) };
}

async function write(batch: () => Promise<unknown>, { name }: SiteZone): Promise<void> {
  try {
    await batch();
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (!(error instanceof NoSuchHostedZone)) throw error;
    throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${name}"`, { cause: error });
  }
}

function recordCopied(set: RecordSet, zoneId: string): Made {
  return { type: COPIED_RECORD, id: targetOf(set), ours: true, detail: inWords(set), before: { zoneId, set } };
}

/**
 * Waits until every name server of the zones answers with what was copied: whoever is given them may enter them at once.
 *
 * @throws {Failure} "NotReady" until then
 */
export async function checkServed(
  dns: Resolver,
  zones: readonly ForeseenZone[],
  copies: readonly RecordSet[],
): Promise<void> {
  const asked = zones.flatMap(({ names, nameServers, delegating }) => {
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

/** The names that could be a site of their own: those of one zone among several. */
function ownNames({ names }: SiteZone, zones: readonly SiteZone[]): string[] {
  return zones.length > 1 ? names : [];
}

/** What the waiting for the delegation tells. */
export function delegatingZones(zones: readonly ForeseenZone[]): DelegatingZone[] {
  return zones.flatMap((zone) => {
    const { name, names, delegating } = zone;
    if (!delegating) return [];
    const { answered, silenced } = delegating;
    const own = answered.sets.filter((set) => names.includes(set.name));
    const remembered = [answered.negativeSeconds, ...own.map(({ ttlSeconds }) => ttlSeconds ?? 0)];
    const elsewhere = elsewhereInWords(name, delegating, ownNames(zone, zones));
    return [
      {
        zone: name,
        silenced: silencedTargets(silenced),
        ...(elsewhere !== undefined && { elsewhere }),
        rememberedSeconds: Math.max(...remembered),
      },
    ];
  });
}
