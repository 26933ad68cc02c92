import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import type { Clients } from '../../aws/one-look.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { type Kept, whyRetained } from '../../domain/changes/kept.ts';
import type { Leaving } from '../../domain/ledger/leaving.ts';
import { beforeOf, formerIn, writtenTo } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isSameBalancer } from '../../domain/load-balancers/dns-name.ts';
import type { Owner } from '../../domain/ownership.ts';
import { addressSet, aliasSets } from '../../domain/records/desired.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { planRemoval, type RemovalPlan, subjectOf } from '../../domain/records/removal.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { siteAddresses } from '../elastic-ip/elastic-ip.ts';
import { ownLoadBalancers } from '../load-balancer/own-load-balancers.ts';
import type { ViewedZone } from './zone-views.ts';

/** What is removed after the records, and what may have been written to lead there. */
export interface OwnEdge {
  expected: (name: string) => RecordSet[];
  leadsToOurs: (set: RecordSet) => boolean;
}

/** How the records of the names that are not kept go, as far as a zone holds any. */
export function recordRemoval(
  { id, names }: Pick<ViewedZone, 'id' | 'names'>,
  { record, owner, kept, edge }: Leaving & { edge: OwnEdge },
): (view: ZoneView) => RemovalPlan {
  const going = names.filter((name) => !kept.names.includes(name));
  const written = writtenTo(record, id).filter(({ name }) => !kept.names.includes(subjectOf(name)));
  return (view) => planRemoval(view, { names: going, owner, written, former: formerIn(record, id), ...edge });
}

/** The site's own load balancers and addresses: where its records can lead. */
export interface Ends {
  loadBalancers: readonly LoadBalancer[];
  addresses: readonly ElasticAddress[];
  /** The load balancers among them that were adopted. */
  adopted: readonly string[];
}

/** Both, as they were read. */
export function endsOf(
  record: SiteRecord,
  { loadBalancers, addresses }: { loadBalancers: readonly LoadBalancer[]; addresses: readonly ElasticAddress[] },
): Ends {
  return {
    loadBalancers,
    addresses,
    adopted: loadBalancers.map(({ arn }) => arn).filter((arn) => beforeOf(record, 'load balancer', arn)),
  };
}

/** Both, read now. */
export async function ownEnds(record: SiteRecord, owner: Owner, clients: Clients = client): Promise<Ends> {
  const [loadBalancers, addresses] = await Promise.all([
    ownLoadBalancers(clients(ElasticLoadBalancingV2Client), record, owner),
    listAddresses(clients(EC2Client)),
  ]);
  return endsOf(record, { loadBalancers, addresses: siteAddresses(addresses, { record, owner }) });
}

/** Those of them that go. */
export function leavingEnds(
  { loadBalancers, addresses, adopted }: Ends,
  kept: Kept,
): { loadBalancers: LoadBalancer[]; addresses: ElasticAddress[] } {
  return {
    // One that was adopted stays where it was.
    loadBalancers: loadBalancers.filter(
      ({ arn }) => arn !== kept.loadBalancerArn && !adopted.includes(arn) && !whyRetained(kept, arn),
    ),
    addresses: addresses.filter(
      ({ address, allocationId }) => address !== kept.address && !whyRetained(kept, allocationId),
    ),
  };
}

/** Where a name that is let go may not lead any more: all that goes, and the load balancer that stays for other names. */
export function endsForDropped(ends: Ends, kept: Kept): { dnsNames: string[]; addresses: string[] } {
  const { loadBalancers, addresses, adopted } = ends;
  return {
    dnsNames: loadBalancers
      .filter(({ arn }) => arn === kept.loadBalancerArn || !adopted.includes(arn))
      .map(({ dnsName }) => dnsName),
    addresses: addresses.map(({ address }) => address),
  };
}

/** What the records have to do with them. */
export function edgeIn(ends: Ends, kept: Kept): OwnEdge {
  const going = leavingEnds(ends, kept);
  const { loadBalancers, addresses } = ends;
  return {
    expected: (name) => [
      ...loadBalancers.flatMap((each) => aliasSets(name, each)),
      ...addresses.map(({ address }) => addressSet(name, address)),
    ],
    leadsToOurs: (set) =>
      going.loadBalancers.some(({ dnsName }) => leadsTo(set, { dnsName })) ||
      going.addresses.some(({ address }) => leadsTo(set, { address })),
  };
}

/** Whether a record set leads viewers to a load balancer's name or to an address, as an alias or by its values. */
export function leadsTo({ alias, values }: RecordSet, end: { dnsName: string } | { address: string }): boolean {
  if ('address' in end) return values.includes(end.address);
  return [...(alias ? [alias.name] : []), ...values].some((to) => isSameBalancer(end.dnsName, to));
}
