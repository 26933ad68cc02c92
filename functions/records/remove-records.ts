import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import type { Left, Made, SiteRecord } from '../../aws/ledger/items.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { Failure } from '../../domain/errors.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';
import { formerAt } from '../../domain/records/adopt.ts';
import type { RecordChange } from '../../domain/records/change.ts';
import { addressSet, aliasSets } from '../../domain/records/desired.ts';
import { inWords, isSameSet, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { planRemoval } from '../../domain/records/removal.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { awaitLeaving } from '../await-leaving.ts';
import { dnsStep } from '../dns-step.ts';
import { ADOPTED_RECORD, beforeOf, formerIn, madeOf, writtenTo } from '../made-of.ts';
import { ownLoadBalancers } from '../own-load-balancers.ts';
import { recordGone, writeRecords } from '../write-records.ts';
import { readZonesOfNames } from '../zones-of-names.ts';

/**
 * Takes the traffic away, before what it goes to: one atomic batch a zone with the owner markers, of exactly what was
 * written (failures S1, R8). With another provider a person takes it away: until then all stays that it goes to.
 */
export const removeRecords = (newResolver: () => Resolver) =>
  dnsStep('RemoveRecords', {
    inRoute53: async ({ route53, site, item, record, environment, previous }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const [zones, edge] = await Promise.all([readZonesOfNames(route53, record), ownEdge(record, owner)]);
      const planFor = (zoneId: string, names: string[]) => (view: ZoneView) =>
        planRemoval(view, {
          names,
          owner,
          written: writtenTo(record, zoneId),
          former: formerIn(record, zoneId),
          ...edge,
        });
      const plans = zones.map((zone) => ({ zone, ...planFor(zone.id, zone.names)(zone.view) }));
      const dangling = plans.flatMap((plan) => plan.dangling);
      if (dangling.length > 0) throw new Failure('Conflict', [...new Set(dangling)].join('. '));
      const known = previous?.revision === item.revision ? (previous.output?.changes ?? []) : [];
      const changeIds = new Map(known.map(({ zoneId, changeId }) => [zoneId, changeId]));
      for (const { zone } of plans) {
        const plan = (view: ZoneView) => planFor(zone.id, zone.names)(view).changes;
        const comment = `Nameplate: undo ${site.domain} r${item.revision}`;
        const changeId = await writeRecords(route53, { zone, plan, comment, item, stack: owner.stack });
        if (changeId !== undefined) changeIds.set(zone.id, changeId);
      }
      const gone = plans.flatMap((plan) => plan.gone);
      const back = plans.flatMap(({ zone, changes }) => cameBack(changes, formerIn(record, zone.id)));
      const left: Left[] = plans.flatMap((plan) =>
        plan.left.map(({ set, why }) => ({ type: 'record', id: targetOf(set), why: `${why}: ${inWords(set)}` })),
      );
      return {
        gone: [...gone.map(recordGone), ...vanished(record, { zones, gone }), ...settledAdoptions(record, zones)],
        output: { changes: [...changeIds].map(([zoneId, changeId]) => ({ zoneId, changeId })), left },
        message: [
          gone.length > 0 ? `Removed ${gone.map(targetOf).join(', ')}` : 'No record of ours stands',
          ...(back.length > 0 ? [`put back what was adopted: ${back.map(inWords).join('; ')}`] : []),
        ].join('; '),
      };
    },
    elsewhere: async ({ site, record, environment }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const { dnsNames, addresses } = await ownEnds(record, owner);
      await awaitLeaving(newResolver(), { record, dnsNames, addresses });
      return { output: { changes: [], left: [] }, message: 'No record leads viewers to the site any more' };
    },
  });

export const handler = removeRecords(() => new Resolver());

/** What is removed after the records, and what may have been written to lead there. */
export async function ownEdge(
  record: SiteRecord,
  owner: Owner,
): Promise<{ expected: (name: string) => RecordSet[]; leadsToOurs: (set: RecordSet) => boolean }> {
  const { loadBalancers, dnsNames, addresses } = await ownEnds(record, owner);
  return {
    expected: (name) => [
      ...loadBalancers.flatMap((each) => aliasSets(name, each)),
      ...addresses.map((address) => addressSet(name, address)),
    ],
    leadsToOurs: ({ alias, values }) =>
      dnsNames.some((dnsName) => leads(dnsName, [...(alias ? [alias.name] : []), ...values])) ||
      values.some((value) => addresses.includes(value)),
  };
}

/** The site's load balancers and addresses: where its records can lead. */
async function ownEnds(record: SiteRecord, owner: Owner) {
  const [loadBalancers, tagged] = await Promise.all([
    ownLoadBalancers(client(ElasticLoadBalancingV2Client), record, owner),
    listAddresses(client(EC2Client), { filter: 'tag:nameplate:site', value: owner.domain }),
  ]);
  const addresses = tagged.filter(({ tags }) => isOwnedBy(owner, tags)).map(({ address }) => address);
  // One that was adopted stays where it was.
  const going = loadBalancers.filter(({ arn }) => !beforeOf(record, 'load balancer', arn));
  return { loadBalancers, dnsNames: going.map(({ dnsName }) => dnsName), addresses };
}

/** AWS also answers for a load balancer's name under "dualstack.". */
function leads(dnsName: string, to: string[]): boolean {
  return to.some(
    (name) =>
      name
        .replace(/\.$/, '')
        .toLowerCase()
        .replace(/^dualstack\./, '') === dnsName,
  );
}

function cameBack(changes: readonly RecordChange[], former: readonly RecordSet[]): RecordSet[] {
  return changes.flatMap(({ after }) => (after && former.some((set) => isSameSet(set, after)) ? [after] : []));
}

/** What was remembered of the names has come back, has been told as left, or was never taken over: nobody needs it again. */
function settledAdoptions(record: SiteRecord, zones: readonly { id: string; names: readonly string[] }[]): Made[] {
  return madeOf(record, ADOPTED_RECORD).filter(({ before }) =>
    zones.some(
      ({ id, names }) =>
        before !== undefined &&
        'set' in before &&
        before.zoneId === id &&
        names.some((name) => formerAt([before.set], name).length > 0),
    ),
  );
}

/** What the ledger knows and no zone has: deleted before with the answer lost, by hand, or never written. */
function vanished(
  record: SiteRecord,
  { zones, gone }: { zones: { id: string; view: ZoneView }[]; gone: RecordSet[] },
): Made[] {
  return madeOf(record, 'record').filter(({ id, written }) => {
    const zone = zones.find(({ id: zoneId }) => zoneId === written?.zoneId);
    const former = zone ? formerIn(record, zone.id) : [];
    const stands =
      zone?.view.sets.some((set) => targetOf(set) === id && !former.some((one) => isSameSet(one, set))) ?? false;
    return !stands && !gone.some((set) => targetOf(set) === id);
  });
}
