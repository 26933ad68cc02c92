import type { CreateLoadBalancerInput, CreateLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { dependentsOf } from '../dependents.ts';
import type { Elb } from '../elb.ts';
import { notHere, refuse } from '../errors.ts';
import { newArn, requestTags, taggingOnCreation } from '../permissions.ts';
import type { Region } from '../region.ts';
import { readTags } from '../tags/tag-set.ts';
import { defaultAttributes } from './attributes.ts';
import { hostedZoneOf } from './hosted-zones.ts';
import { type LoadBalancer, shownLoadBalancer } from './load-balancer.ts';
import { checkName } from './names.ts';
import { attachNode, openWhenProvisioned, register } from './nodes.ts';
import { checkIpAddressType, groupsOf, type Place, placesOf } from './placement.ts';

// Source: Application Load Balancers User Guide, "Quotas"; checked 2026-11-22.
export const LOAD_BALANCERS_PER_REGION = 50;

const DEFAULT_SCHEME = 'internet-facing';

/** What a request comes to once it is found possible. */
type Wanted = Pick<LoadBalancer, 'name' | 'scheme' | 'ipAddressType' | 'groupIds' | 'vpcId'> & { places: Place[] };

/** Makes an Application Load Balancer. The same settings again are the same load balancer. */
export function createLoadBalancer(elb: Elb): Operation<CreateLoadBalancerInput, CreateLoadBalancerOutput> {
  return {
    resources: ({ Name }, call) => [newArn(call, `loadbalancer/app/${Name}/*`)],
    conditions: ({ Tags, Scheme, Subnets, SecurityGroups }) => ({
      ...requestTags(Tags),
      'elasticloadbalancing:Scheme': [Scheme ?? DEFAULT_SCHEME],
      'elasticloadbalancing:Subnet': Subnets ?? [],
      'elasticloadbalancing:SecurityGroup': SecurityGroups ?? [],
    }),
    dependents: ({ Name, Tags }, call) => [
      ...dependentsOf(call),
      ...taggingOnCreation(Tags, call, `loadbalancer/app/${Name}/*`),
    ],
    run(input, call) {
      const region = elb.region(call.region);
      const wanted = readRequest(elb, call.region, input);
      const tags = readTags(input.Tags);
      const known = [...region.loadBalancers.values()].find(({ name }) => name === wanted.name);
      if (known && !sameSettings(known, wanted)) {
        throw new AwsError(
          'DuplicateLoadBalancerName',
          `A load balancer with the same name '${wanted.name}' exists, but with different settings`,
        );
      }
      if (known) return { LoadBalancers: [shownLoadBalancer(known)] };
      if (region.loadBalancers.size >= LOAD_BALANCERS_PER_REGION) {
        throw new AwsError('TooManyLoadBalancers', 'The maximum number of load balancers has been reached');
      }
      const loadBalancer = make(elb, region, wanted);
      region.tags.put(loadBalancer.arn, tags);
      return { LoadBalancers: [shownLoadBalancer(loadBalancer)] };
    },
  };
}

function readRequest(elb: Elb, region: string, input: CreateLoadBalancerInput): Wanted {
  const { Name: name = '', Type = 'application', Scheme = DEFAULT_SCHEME } = input;
  refuse(input, ['CustomerOwnedIpv4Pool', 'EnablePrefixForIpv6SourceNat', 'IpamPools']);
  if (Type !== 'application') throw notHere(`A load balancer of type '${Type}'`);
  checkName(name, 'Load balancer');
  const places = placesOf(elb, region, { wanted: input, scheme: Scheme });
  const vpcId = places[0]?.vpcId ?? '';
  return {
    name,
    scheme: Scheme,
    vpcId,
    places,
    ipAddressType: checkIpAddressType(input.IpAddressType, { places, scheme: Scheme }),
    groupIds: groupsOf(elb, region, { wanted: input.SecurityGroups, vpcId }),
  };
}

function sameSettings(known: LoadBalancer, wanted: Wanted): boolean {
  const settings = ({ scheme, ipAddressType, groupIds }: Wanted | LoadBalancer, subnetIds: string[]) =>
    JSON.stringify([scheme, ipAddressType, groupIds.toSorted(), subnetIds.toSorted()]);
  return (
    settings(
      known,
      known.nodes.map((node) => node.subnetId),
    ) ===
    settings(
      wanted,
      wanted.places.map((place) => place.subnetId),
    )
  );
}

function make(elb: Elb, region: Region, { places, ...settings }: Wanted): LoadBalancer {
  const { draws, clock } = elb.host;
  const path = `app/${settings.name}/${draws.hex('elasticloadbalancing:id', 16)}`;
  const number = 1_000_000_000 + Math.floor(draws.fraction('elasticloadbalancing:dns') * 1_000_000_000);
  const prefix = settings.scheme === 'internal' ? 'internal-' : '';
  const loadBalancer: LoadBalancer = {
    ...settings,
    arn: elb.arn(region, `loadbalancer/${path}`),
    path,
    region,
    nodes: [],
    dnsName: `${prefix}${settings.name}-${number}.${region.name}.elb.amazonaws.com`,
    zoneId: hostedZoneOf(region.name),
    createdAt: clock.now(),
    state: 'provisioning',
    attributes: defaultAttributes(),
    provisioning: undefined,
    listening: new Map(),
  };
  region.loadBalancers.set(loadBalancer.arn, loadBalancer);
  for (const place of places) attachNode(elb, loadBalancer, place);
  register(elb, loadBalancer);
  openWhenProvisioned(elb, loadBalancer);
  return loadBalancer;
}
