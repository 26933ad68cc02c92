import type { ListCertificatesResponse, ListTagsForCertificateResponse } from '@aws-sdk/client-acm';
import type {
  GetDistributionConfigResult,
  GetFunctionResult,
  ListDistributionsResult,
  ListFunctionsResult,
  ListTagsForResourceResult as ListTagsOfDistribution,
} from '@aws-sdk/client-cloudfront';
import type { DescribeAlarmsOutput, ListTagsForResourceOutput as ListTagsOfAlarm } from '@aws-sdk/client-cloudwatch';
import type {
  DescribeAddressesResult,
  DescribeInstancesResult,
  DescribeSecurityGroupsResult,
  IpPermission,
} from '@aws-sdk/client-ec2';
import type {
  DescribeListenerCertificatesOutput,
  DescribeListenersOutput,
  DescribeLoadBalancersOutput,
  DescribeRulesOutput,
  DescribeTagsOutput,
  DescribeTargetGroupsOutput,
  DescribeTargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  ListHealthChecksResponse,
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-route-53';
import type { GetDomainDetailResponse, ListDomainsResponse } from '@aws-sdk/client-route-53-domains';
import type { ListBucketsOutput, ListObjectsV2Output } from '@aws-sdk/client-s3';
import { METRICS_REGION } from '../../domain/failover/health-check-alarm.ts';
import { regionsOf } from '../../infra/deployment/regions.ts';
import { acmeThings } from './acme-things.ts';
import type { Nameplate } from './nameplate.ts';

/** One thing in the account. */
export interface Thing {
  /** "hosted zone", "record", "certificate", "load balancer", "listener", "target group", "target" … */
  type: string;
  /** What AWS calls it; one of its kind. */
  id: string;
  tags: Record<string, string>;
  /** All that AWS says of it. */
  state: unknown;
}

type Ask = <Output>(service: string, operation: string, input?: object, region?: string) => Promise<Output>;

/** Everything in the account that Nameplate can make or touch, asked as its administrator. */
export async function takeInventory({ aws, ask }: Nameplate): Promise<Thing[]> {
  const patient = patiently({ aws, ask });
  const things = [
    ...(await zones(patient)),
    ...(await registeredDomains(patient)),
    ...(await certificates(patient, regionsOf(aws.region))),
    ...(await loadBalancers(patient)),
    ...(await targetGroups(patient)),
    ...(await securityGroups(patient)),
    ...(await instances(patient)),
    ...(await addresses(patient)),
    ...(await distributions(patient)),
    ...(await healthChecks(patient)),
    ...(await alarms(patient)),
    ...(await bypasses(patient)),
    ...(await pages(patient)),
    ...(await acmeThings(patient)),
  ];
  await aws.clock.advance(60_000);
  return things;
}

/** The hosted zones of whoever asks, with their records. */
export async function takeZones({ aws, ask }: Pick<Nameplate, 'aws' | 'ask'>): Promise<Thing[]> {
  return zones(patiently({ aws, ask }));
}

function patiently({ aws, ask }: Pick<Nameplate, 'aws' | 'ask'>): Ask {
  // The buckets belong to the account: whoever looks waits until they are full, and leaves them full.
  return async (service, operation, input, region) => {
    for (;;) {
      try {
        return await ask(service, operation, input, region);
      } catch (error) {
        if (!/throttl|rate exceeded|RequestLimit/i.test(String(error))) throw error;
        await aws.clock.advance(5_000);
      }
    }
  };
}

async function zones(ask: Ask): Promise<Thing[]> {
  const things: Thing[] = [];
  const { HostedZones = [] } = await ask<ListHostedZonesResponse>('route53', 'ListHostedZones', {});
  for (const { ResourceRecordSetCount: _, ...zone } of HostedZones) {
    const id = (zone.Id ?? '').replace('/hostedzone/', '');
    const { ResourceTagSet } = await ask<ListTagsForResourceResponse>('route53', 'ListTagsForResource', {
      ResourceType: 'hostedzone',
      ResourceId: id,
    });
    things.push({ type: 'hosted zone', id, tags: tagsOf(ResourceTagSet?.Tags), state: zone });
    const { ResourceRecordSets = [] } = await ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', {
      HostedZoneId: id,
    });
    for (const set of ResourceRecordSets) {
      things.push({
        type: 'record',
        id: `${id} ${set.Name} ${set.Type} ${set.SetIdentifier ?? ''}`.trim(),
        tags: {},
        state: set,
      });
    }
  }
  return things;
}

/** What registries have of the domains that the account has registered. */
async function registeredDomains(ask: Ask): Promise<Thing[]> {
  const ofDomains = <Output>(operation: string, input = {}) =>
    ask<Output>('route53domains', operation, input, 'us-east-1');
  const { Domains = [] } = await ofDomains<ListDomainsResponse>('ListDomains');
  return Promise.all(
    Domains.map(async ({ DomainName = '' }) => {
      const { Nameservers } = await ofDomains<GetDomainDetailResponse>('GetDomainDetail', { DomainName });
      return { type: 'delegation', id: DomainName, tags: {}, state: { Nameservers } };
    }),
  );
}

async function healthChecks(ask: Ask): Promise<Thing[]> {
  const { HealthChecks = [] } = await ask<ListHealthChecksResponse>('route53', 'ListHealthChecks', {});
  return Promise.all(
    HealthChecks.map(async (check) => {
      const { ResourceTagSet } = await ask<ListTagsForResourceResponse>('route53', 'ListTagsForResource', {
        ResourceType: 'healthcheck',
        ResourceId: check.Id,
      });
      return { type: 'health check', id: check.Id ?? '', tags: tagsOf(ResourceTagSet?.Tags), state: check };
    }),
  );
}

async function alarms(ask: Ask): Promise<Thing[]> {
  const region = METRICS_REGION;
  const { MetricAlarms = [] } = await ask<DescribeAlarmsOutput>('monitoring', 'DescribeAlarms', {}, region);
  return Promise.all(
    MetricAlarms.map(async ({ AlarmName: id = '', AlarmArn: ResourceARN, Dimensions }) => {
      const { Tags } = await ask<ListTagsOfAlarm>('monitoring', 'ListTagsForResource', { ResourceARN }, region);
      // Its state follows the metric.
      return { type: 'alarm', id, tags: tagsOf(Tags), state: { Dimensions } };
    }),
  );
}

async function certificates(ask: Ask, regions: readonly string[]): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const region of regions) {
    const acm = <Output>(operation: string, input: object) => ask<Output>('acm', operation, input, region);
    const { CertificateSummaryList = [] } = await acm<ListCertificatesResponse>('ListCertificates', {
      Includes: {
        keyTypes: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
      },
    });
    for (const certificate of CertificateSummaryList) {
      const { CertificateArn } = certificate;
      const { Tags } = await acm<ListTagsForCertificateResponse>('ListTagsForCertificate', { CertificateArn });
      things.push({ type: 'certificate', id: CertificateArn ?? '', tags: tagsOf(Tags), state: certificate });
    }
  }
  return things;
}

const elb = 'elasticloadbalancing';

async function tagged(ask: Ask, things: Omit<Thing, 'tags'>[]): Promise<Thing[]> {
  if (things.length === 0) return [];
  const tags = new Map<string, Record<string, string>>();
  for (let from = 0; from < things.length; from += 20) {
    const ResourceArns = things.slice(from, from + 20).map(({ id }) => id);
    const { TagDescriptions = [] } = await ask<DescribeTagsOutput>(elb, 'DescribeTags', { ResourceArns });
    for (const { ResourceArn = '', Tags } of TagDescriptions) tags.set(ResourceArn, tagsOf(Tags));
  }
  return things.map((thing) => ({ ...thing, tags: tags.get(thing.id) ?? {} }));
}

async function loadBalancers(ask: Ask): Promise<Thing[]> {
  const things: Omit<Thing, 'tags'>[] = [];
  const further: Thing[] = [];
  const { LoadBalancers = [] } = await ask<DescribeLoadBalancersOutput>(elb, 'DescribeLoadBalancers', {});
  for (const loadBalancer of LoadBalancers) {
    const { LoadBalancerArn = '' } = loadBalancer;
    things.push({ type: 'load balancer', id: LoadBalancerArn, state: loadBalancer });
    const { Listeners = [] } = await ask<DescribeListenersOutput>(elb, 'DescribeListeners', { LoadBalancerArn });
    for (const listener of Listeners) {
      const { ListenerArn = '', Protocol } = listener;
      things.push({ type: 'listener', id: ListenerArn, state: listener });
      if (Protocol === 'HTTPS') {
        further.push(...(await listenerCertificates(ask, ListenerArn)), ...(await listenerRules(ask, ListenerArn)));
      }
    }
  }
  return [...(await tagged(ask, things)), ...further];
}

/** Those that a listener serves by SNI beside its default one. */
async function listenerCertificates(ask: Ask, ListenerArn: string): Promise<Thing[]> {
  const { Certificates = [] } = await ask<DescribeListenerCertificatesOutput>(elb, 'DescribeListenerCertificates', {
    ListenerArn,
  });
  const further = Certificates.filter(({ IsDefault }) => !IsDefault);
  return further.map((state) => ({
    type: 'listener certificate',
    id: `${ListenerArn} ${state.CertificateArn}`,
    tags: {},
    state,
  }));
}

/** All but the default one, by what they look for: a secret is as good as another of its number. */
async function listenerRules(ask: Ask, ListenerArn: string): Promise<Thing[]> {
  const { Rules = [] } = await ask<DescribeRulesOutput>(elb, 'DescribeRules', { ListenerArn });
  return Rules.filter(({ IsDefault }) => !IsDefault).map(({ Conditions = [], Actions, Priority }) => {
    const [{ HttpHeaderConfig, HostHeaderConfig: hosts, ...condition } = {}] = Conditions;
    const looksFor = HttpHeaderConfig?.HttpHeaderName ?? hosts?.Values?.join(', ') ?? JSON.stringify(condition);
    const values = HttpHeaderConfig?.Values?.map((value) => value.replace(/[0-9a-f]{64}/, 'secret'));
    return {
      type: hosts ? 'host rule' : 'listener rule',
      id: `${ListenerArn} ${looksFor}`,
      tags: {},
      state: { Priority, looksFor, values, Actions },
    };
  });
}

async function targetGroups(ask: Ask): Promise<Thing[]> {
  const { TargetGroups = [] } = await ask<DescribeTargetGroupsOutput>(elb, 'DescribeTargetGroups', {});
  const groups = await tagged(
    ask,
    TargetGroups.map((group) => ({ type: 'target group', id: group.TargetGroupArn ?? '', state: group })),
  );
  const targets: Thing[] = [];
  for (const { id, tags } of groups) {
    const { TargetHealthDescriptions = [] } = await ask<DescribeTargetHealthOutput>(elb, 'DescribeTargetHealth', {
      TargetGroupArn: id,
    });
    // One that drains has been taken out already, and is shown until it is empty.
    const standing = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining');
    for (const { Target } of standing)
      targets.push({ type: 'target', id: `${id} ${Target?.Id} ${Target?.Port}`, tags, state: Target });
  }
  return [...groups, ...targets];
}

async function securityGroups(ask: Ask): Promise<Thing[]> {
  const { SecurityGroups = [] } = await ask<DescribeSecurityGroupsResult>('ec2', 'DescribeSecurityGroups', {});
  return SecurityGroups.flatMap(({ IpPermissions = [], ...group }) => [
    { type: groupType(group.GroupName), id: group.GroupId ?? '', tags: tagsOf(group.Tags), state: group },
    ...IpPermissions.flatMap((permission) => sources(permission)).map((rule) => ({
      type: 'security group rule',
      id: `${group.GroupId} ${JSON.stringify(rule)}`,
      tags: tagsOf(group.Tags),
      state: rule,
    })),
  ]);
}

/** The group of an instance that is created for a site is the instance's. */
function groupType(name = ''): string {
  return /^np-[0-9a-f]{12}-instance$/.test(name) ? 'instance security group' : 'security group';
}

/** One rule a source, as people see them. */
function sources({
  IpProtocol,
  FromPort,
  ToPort,
  IpRanges = [],
  Ipv6Ranges = [],
  UserIdGroupPairs = [],
  PrefixListIds = [],
}: IpPermission) {
  return [...IpRanges, ...Ipv6Ranges, ...UserIdGroupPairs, ...PrefixListIds].map((from) => ({
    IpProtocol,
    FromPort,
    ToPort,
    from,
  }));
}

/** Those that are there to stay, without what passes by itself. */
async function instances(ask: Ask): Promise<Thing[]> {
  const { Reservations = [] } = await ask<DescribeInstancesResult>('ec2', 'DescribeInstances', {});
  return Reservations.flatMap(({ Instances = [] }) => Instances)
    .filter(({ State }) => State?.Name !== 'shutting-down' && State?.Name !== 'terminated')
    .map(({ InstanceId: id = '', Tags, InstanceType, KeyName, SubnetId }) => ({
      type: 'instance',
      id,
      tags: tagsOf(Tags),
      state: { InstanceType, KeyName, SubnetId },
    }));
}

async function addresses(ask: Ask): Promise<Thing[]> {
  const { Addresses = [] } = await ask<DescribeAddressesResult>('ec2', 'DescribeAddresses', {});
  return Addresses.map((address) => ({
    type: 'elastic address',
    id: address.AllocationId ?? '',
    tags: tagsOf(address.Tags),
    state: address,
  }));
}

async function distributions(ask: Ask): Promise<Thing[]> {
  const { DistributionList } = await ask<ListDistributionsResult>('cloudfront', 'ListDistributions', {});
  const things: Thing[] = [];
  for (const { Id: id = '', ARN } of DistributionList?.Items ?? []) {
    const { Tags } = await ask<ListTagsOfDistribution>('cloudfront', 'ListTagsForResource', { Resource: ARN });
    const { DistributionConfig } = await ask<GetDistributionConfigResult>('cloudfront', 'GetDistributionConfig', {
      Id: id,
    });
    things.push({ type: 'distribution', id, tags: tagsOf(Tags?.Items), state: DistributionConfig });
  }
  return things;
}

/** The CloudFront functions: what is written, and whether edge locations run any of it. */
async function bypasses(ask: Ask): Promise<Thing[]> {
  const listed = async (Stage: 'DEVELOPMENT' | 'LIVE') =>
    (await ask<ListFunctionsResult>('cloudfront', 'ListFunctions', { Stage })).FunctionList?.Items ?? [];
  const live = (await listed('LIVE')).map(({ Name }) => Name);
  const things: Thing[] = [];
  for (const { Name, FunctionMetadata } of await listed('DEVELOPMENT')) {
    const { FunctionARN: id = '' } = FunctionMetadata ?? {};
    const { Tags } = await ask<ListTagsOfDistribution>('cloudfront', 'ListTagsForResource', { Resource: id });
    const { FunctionCode: code = new Uint8Array() } = await ask<GetFunctionResult>('cloudfront', 'GetFunction', {
      Name,
    });
    const state = { Name, code: Buffer.from(code).toString(), isLive: live.includes(Name) };
    things.push({ type: 'bypass', id, tags: tagsOf(Tags?.Items), state });
  }
  return things;
}

/** What the buckets of the account hold. */
async function pages(ask: Ask): Promise<Thing[]> {
  const { Buckets = [] } = await ask<ListBucketsOutput>('s3', 'ListBuckets', {});
  const things: Thing[] = [];
  for (const { Name: Bucket } of Buckets) {
    const { Contents = [] } = await ask<ListObjectsV2Output>('s3', 'ListObjectsV2', { Bucket });
    for (const { Key: id = '', Size, ETag } of Contents)
      things.push({ type: 'page', id, tags: {}, state: { Size, ETag } });
  }
  return things;
}

function tagsOf(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined) {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
