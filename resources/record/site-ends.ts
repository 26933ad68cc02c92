import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import type { LoadBalancer } from '../../aws/load-balancers/describe-load-balancer.ts';
import type { Clients } from '../../aws/one-look.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { beforeOf, madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isSameBalancer } from '../../domain/load-balancers/dns-name.ts';
import type { Owner } from '../../domain/ownership.ts';
import { addressSet, aliasSets, distributionSets } from '../../domain/records/desired.ts';
import { failoverPair } from '../../domain/records/failover-pair.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import type { Removal } from '../../domain/records/removal.ts';
import { isKept, type Keeps } from '../../domain/removal/kept.ts';
import type { Obstacle } from '../../domain/removal/obstacle.ts';
import type { ResourceType } from '../../domain/resources/resource-type.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { ADDRESS_RECORD_TYPES } from '../../domain/sites/address-types.ts';
import { siteAddresses } from '../elastic-ip/elastic-ip.ts';
import { ownLoadBalancers } from '../load-balancer/own-load-balancers.ts';
import type { Scope } from '../resource.ts';

/** A distribution of the site, as the ledger has it: one that is not in the ledger was never led to. */
export interface DistributionEnd {
  id: string;
  domainName: string;
}

/** The site's own load balancers, distributions and addresses: where its records can lead. */
export interface Ends {
  loadBalancers: readonly LoadBalancer[];
  addresses: readonly ElasticAddress[];
  distributions: readonly DistributionEnd[];
  /** The health checks of the site, as the ledger has them: what records of it may follow. */
  healthChecks: readonly string[];
  /** The load balancers among them that were adopted. */
  adopted: readonly string[];
}

/** All of them, with what was read. */
export function endsOf(
  record: SiteRecord,
  { loadBalancers, addresses }: { loadBalancers: readonly LoadBalancer[]; addresses: readonly ElasticAddress[] },
): Ends {
  return {
    loadBalancers,
    addresses,
    distributions: madeOf(record, 'distribution').flatMap(({ id, domainName }) =>
      domainName ? [{ id, domainName }] : [],
    ),
    healthChecks: madeOf(record, 'health check').map(({ id }) => id),
    adopted: loadBalancers.map(({ arn }) => arn).filter((arn) => beforeOf(record, 'load balancer', arn)),
  };
}

/** All of them, read now. */
export async function ownEnds(record: SiteRecord, owner: Owner, clients: Clients = client): Promise<Ends> {
  const [loadBalancers, addresses] = await Promise.all([
    ownLoadBalancers(clients(ElasticLoadBalancingV2Client), record, owner),
    listAddresses(clients(EC2Client)),
  ]);
  return endsOf(record, { loadBalancers, addresses: siteAddresses(addresses, { record, owner }) });
}

/** Which of them are not deleted: what the document uses, and what is retained. */
export interface EndsInUse {
  loadBalancerArn?: string | undefined;
  distributionId?: string | undefined;
  address?: string | undefined;
  retained?: readonly Obstacle[];
  keeps?: Keeps | undefined;
}

/** What the document uses, as the steps before have found or made it; nothing in an undo. */
export function endsInUse({ site, known, retained, keeps }: Scope): EndsInUse {
  if (!site) return { retained, keeps };
  return {
    loadBalancerArn: known.CreateLoadBalancer?.loadBalancerArn,
    distributionId: known.CreateDistribution?.distributionId,
    address: known.ReserveAddress?.address,
    retained,
  };
}

/** Those of them that are deleted or released after the records. */
export function endsToRemove(
  { loadBalancers, addresses, distributions, adopted }: Ends,
  { loadBalancerArn, distributionId, address: used, retained = [], keeps }: EndsInUse,
): { loadBalancers: LoadBalancer[]; addresses: ElasticAddress[]; distributions: DistributionEnd[] } {
  const isRetained = (type: ResourceType, id: string) =>
    retained.some((obstacle) => obstacle.id === id) || isKept(keeps, { type, id });
  return {
    // An adopted one is restored, and stays.
    loadBalancers: loadBalancers.filter(
      ({ arn }) => arn !== loadBalancerArn && !adopted.includes(arn) && !isRetained('load balancer', arn),
    ),
    addresses: addresses.filter(
      ({ address, allocationId }) => address !== used && !isRetained('elastic address', allocationId),
    ),
    distributions: distributions.filter(({ id }) => id !== distributionId && !isRetained('distribution', id)),
  };
}

/** Where a name that the document dropped may not lead any more: all that is removed, and what other names keep. */
export function endsForDropped(
  { loadBalancers, addresses, distributions, adopted }: Ends,
  { loadBalancerArn }: EndsInUse,
): { dnsNames: string[]; addresses: string[] } {
  const balancers = loadBalancers.filter(({ arn }) => arn === loadBalancerArn || !adopted.includes(arn));
  return {
    dnsNames: [...balancers.map(({ dnsName }) => dnsName), ...distributions.map(({ domainName }) => domainName)],
    addresses: addresses.map(({ address }) => address),
  };
}

/** What the removal of records has to know of them. */
export function aboutEnds(ends: Ends, inUse: EndsInUse): Pick<Removal, 'expected' | 'leadsToOurs'> {
  const removed = endsToRemove(ends, inUse);
  const { loadBalancers, addresses, distributions, healthChecks } = ends;
  const alone = (name: string): RecordSet[] => [
    ...loadBalancers.flatMap((each) => aliasSets(name, each)),
    ...addresses.map(({ address }) => addressSet(name, address)),
  ];
  const pairs = (name: string): RecordSet[] =>
    distributions.flatMap(({ domainName: distribution }) =>
      healthChecks.flatMap((healthCheckId) =>
        alone(name).flatMap((set) => failoverPair(set, { healthCheckId, distribution })),
      ),
    );
  return {
    expected: (name) => [
      ...alone(name),
      ...distributions.flatMap(({ domainName }) => distributionSets(name, domainName, ADDRESS_RECORD_TYPES)),
      ...pairs(name),
    ],
    leadsToOurs: (set) =>
      removed.loadBalancers.some(({ dnsName }) => leadsTo(set, { dnsName })) ||
      removed.distributions.some(({ domainName }) => leadsTo(set, { dnsName: domainName })) ||
      removed.addresses.some(({ address }) => leadsTo(set, { address })),
  };
}

/** Whether a record set leads viewers to the name of a load balancer or a distribution or to an address, as an alias or by its values. */
export function leadsTo({ alias, values }: RecordSet, end: { dnsName: string } | { address: string }): boolean {
  if ('address' in end) return values.includes(end.address);
  return [...(alias ? [alias.name] : []), ...values].some((to) => isSameBalancer(end.dnsName, to));
}
