import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Environment } from '../../../aws/environment.ts';
import type { SiteRecord } from '../../../aws/ledger/items.ts';
import { openLedger } from '../../../aws/ledger/ledger.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { addressChange } from '../../../domain/changes/address-changes.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { needsAddress } from '../../../domain/changes/changes.ts';
import { type Kept, keptFor } from '../../../domain/changes/kept.ts';
import { type Releases, releaseChanges } from '../../../domain/changes/release-changes.ts';
import type { World } from '../../../domain/changes/world.ts';
import { applied } from '../../../domain/records/applied.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { leavingCertificates } from '../certificates/leaving-certificates.ts';
import { validationRemoval } from '../certificates/leaving-validation-records.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { beforeOf } from '../ledger/made-of.ts';
import { leavingListeners } from '../load-balancers/leaving-listeners.ts';
import { leavingGroups } from '../load-balancers/leaving-security-groups.ts';
import { leavingTargetGroups } from '../load-balancers/leaving-target-groups.ts';
import { ownLoadBalancers } from '../load-balancers/own-load-balancers.ts';
import { edgeIn, endsOf, recordRemoval } from '../records/leaving-records.ts';
import { readZonesOfNames } from '../records/zones-of-names.ts';
import { useByOthers } from '../servers/address-use.ts';
import { instanceOf, leavingAddresses, siteAddresses } from '../servers/leaving-addresses.ts';
import { declaresTheSame } from '../sites/declaring.ts';
import type { Survey } from './check-world.ts';

/**
 * What the change of a site that stands would let go at its end, found by what the removing steps find it by. A site that
 * is live as declared has nothing to let go.
 */
export async function planReleases(
  record: SiteRecord,
  {
    survey: { site, clients },
    world,
    environment,
  }: { survey: Pick<Survey, 'site' | 'clients'>; world: World; environment: Environment },
): Promise<Change[]> {
  if (record.item.state === 'live' && declaresTheSame(site, record.item)) return [];
  const former = formerNames(site, record.item);
  const changed: SiteRecord = { ...record, item: { ...record.item, site, former } };
  const leaving = { record: changed, owner: world.owner, kept: keptIn(world, site) };
  return releaseChanges(site.domain, await readReleases(leaving, { clients, environment }));
}

/** What the document will keep of what stands by now; what is yet to be made can't be among what goes. */
function keptIn({ edge, addresses, owner }: World, site: Site): Kept {
  const { id: instanceId } = site.origin.instance;
  const wayIn = edge?.wayIn.groupId;
  return keptFor(site, {
    address: needsAddress(site) ? addressChange(addresses, { instanceId, owner }).address : undefined,
    certificateArn: edge?.certificate?.arn,
    loadBalancerArn: edge?.loadBalancer?.arn,
    targetGroupArn: edge?.targetGroup?.arn,
    group: edge?.group && wayIn !== undefined ? { id: edge.group.id, wayIn } : undefined,
  });
}

async function readReleases(
  leaving: Leaving,
  { clients, environment }: { clients: Clients; environment: Environment },
): Promise<Releases> {
  const { record, owner, kept } = leaving;
  const elb = clients(ElasticLoadBalancingV2Client);
  const ec2 = clients(EC2Client);
  const loadBalancers = await ownLoadBalancers(elb, record, owner);
  const [zones, listeners, targetGroups, groups, addresses, certificates] = await Promise.all([
    // Elsewhere nobody but a person writes records.
    isExternal(record.item.site) ? [] : readZonesOfNames(route53Of(record.item.site, environment, clients), record),
    leavingListeners(elb, { loadBalancers, ...leaving }),
    leavingTargetGroups(elb, leaving),
    leavingGroups(ec2, leaving),
    siteAddresses(ec2, leaving),
    leavingCertificates(clients(ACMClient), leaving),
  ]);
  const ends = endsOf(record, { loadBalancers, addresses });
  const own = edgeIn(ends, kept);
  const records = zones.map((zone) => recordRemoval(zone, { ...leaving, edge: own })(zone.view));
  // What was adopted is let go of and stays, with the records that it is renewed by.
  const deleted = certificates.go.map(({ arn }) => arn).filter((arn) => !beforeOf(record, 'certificate', arn));
  const validation = await Promise.all(
    zones.map(async (zone, place) => {
      const removal = await validationRemoval(zone, {
        ...leaving,
        region: environment.region,
        clients,
        going: deleted,
      });
      return removal(applied(zone.view, records[place]?.changes ?? []));
    }),
  );
  const released = leavingAddresses(addresses, leaving);
  const ledger = openLedger(environment);
  const leavingAddress = released.go.map(async (address) => {
    const user = { instanceId: instanceOf(address, record), domain: owner.domain };
    const heir = (await useByOthers(ledger, user))?.owner;
    return { ...address, ...(heir !== undefined && { heir }) };
  });
  return {
    records,
    listeners: listeners.go,
    loadBalancers: loadBalancers.filter(({ arn }) => arn !== kept.loadBalancerArn),
    targetGroups,
    rules: groups.rules,
    groups: groups.groups,
    addresses: await Promise.all(leavingAddress),
    certificates: certificates.go,
    validation,
    before: (type, id) => beforeOf(record, type, id),
    left: [...listeners.left, ...released.left, ...certificates.left],
  };
}
