import { Resolver } from '../../aws/dns/resolver.ts';
import { entryTarget } from '../../domain/entries/entry.ts';
import { trafficEntries } from '../../domain/entries/wanted.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ADOPTED_RECORD } from '../../domain/ledger/made-of.ts';
import { outputIfDone, outputOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { desiredRecords, type RecordTargets } from '../../domain/records/desired.ts';
import { inTheWay } from '../../domain/records/in-the-way.ts';
import { isMarkerName } from '../../domain/records/marker.ts';
import { planRecords } from '../../domain/records/plan.ts';
import { targetOf } from '../../domain/records/record-set.ts';
import { forgottenAt, remembered, rememberedInWords } from '../../domain/records/remembered.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { entryMade } from '../../resources/manual-record/entered.ts';
import { awaitEntries, isChallenged } from '../../resources/manual-record/manual-records.ts';
import { awaitOwnership } from '../../resources/ownership/await-ownership.ts';
import { adoptRecords } from '../../resources/record/adopt-records.ts';
import { recordMade, recordsMade, writeRecords } from '../../resources/record/write-records.ts';
import { readZoneViews } from '../../resources/record/zone-views.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

const BEFORE_TRAFFIC = { name: 'Awaited', beginning: false } as const;

/**
 * Moves the traffic: one atomic batch a zone, with the owner markers, and only over records that are ours. With another
 * provider a person moves it, and all name servers must say so.
 */
export const pointRecords = (newResolver: () => Resolver) =>
  dnsStep('PointRecords', {
    inRoute53: async (context) => {
      const { route53, site, item, record, environment, previous, keep, takeBack, now } = context;
      if (isChallenged(record)) await awaitOwnership(newResolver(), context, BEFORE_TRAFFIC);
      const owner = { domain: site.domain, stack: environment.stackName };
      const zones = await readZoneViews(route53, outputOf(record, 'FindZone').zones);
      const adopt = site.adopt ?? false;
      const problem = zones
        .flatMap(({ names, view }) => names.map((name) => inTheWay(view, { name, names, owner, adopt })))
        .find((found) => found !== undefined);
      if (problem) throw new Failure('Conflict', problem);
      const desired = desiredRecords(site, targetsOf(record));
      const known = previous?.revision === item.revision ? (previous.output?.changes ?? []) : [];
      const changes = new Map(known.map(({ zoneId, changeId }) => [zoneId, changeId]));
      const made: Made[] = [];
      const moved: RecordChange[] = [];
      for (const zone of zones) {
        const wanted = desired.filter(({ name }) => zone.names.includes(name));
        const plan = (view: ZoneView) => planRecords(view, { desired: wanted, owner });
        const batch = plan(zone.view);
        moved.push(...batch);
        const planned = recordsMade(batch, zone.id).filter(({ written }) => !isMarkerName(written?.set.name ?? ''));
        const ours = [...wanted.map((set) => recordMade(set, zone.id)), ...planned];
        const { adopted, outdated } = adoptRecords(record, { zone, owner });
        made.push(...ours, ...adopted);
        // Before the batch: a worker that dies in it must not leave records that are not known to be ours, nor lose what stood.
        await keep(...ours, ...adopted);
        if (outdated.length > 0) await takeBack(...outdated);
        const changeId = await writeRecords(route53, {
          zone,
          plan,
          comment: `Nameplate: ${site.domain} r${item.revision}`,
          item,
          stack: owner.stack,
        });
        if (changeId !== undefined) changes.set(zone.id, changeId);
      }
      const memory = remembered(moved);
      // A run before may have sent the batch, and its answer was lost.
      const until = moved.length > 0 ? forgottenAt(memory, now).toISOString() : previous?.output?.forgottenAt;
      return {
        made,
        output: {
          changes: [...changes].map(([zoneId, changeId]) => ({ zoneId, changeId })),
          ...(until !== undefined && { forgottenAt: until }),
        },
        message: [
          `The records stand: ${desired.map(targetOf).join(', ')}${inPlaceOf(made)}`,
          ...rememberedInWords(memory, now),
        ].join('. '),
      };
    },
    elsewhere: async (context) => {
      const { site, record } = context;
      const dns = newResolver();
      await awaitOwnership(dns, context, BEFORE_TRAFFIC);
      const { loadBalancer, address } = targetsOf(record);
      const entries = trafficEntries(site, { loadBalancer: loadBalancer?.dnsName, address });
      const why = 'Waiting until your DNS leads viewers to the site';
      const seen = await awaitEntries(dns, entries, { name: 'Awaited', why });
      const message = `The records stand: ${seen.map(entryTarget).join(', ')}`;
      return { made: seen.map((entry) => entryMade(entry, entry.ttlSeconds)), output: { changes: [] }, message };
    },
  });

export const handler = pointRecords(() => new Resolver());

function inPlaceOf(made: readonly Made[]): string {
  const adopted = made.flatMap(({ type, detail }) => (type === ADOPTED_RECORD && detail ? [detail] : []));
  return adopted.length > 0 ? `, in the place of what was adopted: ${adopted.join('; ')}` : '';
}

/** What the earlier steps of the operation have left for the records to lead to. */
function targetsOf(record: SiteRecord): RecordTargets {
  const loadBalancer = outputIfDone(record, 'CreateLoadBalancer');
  const { address } = outputOf(record, 'ReserveAddress');
  return { ...(loadBalancer && { loadBalancer }), ...(address !== undefined && { address }) };
}
