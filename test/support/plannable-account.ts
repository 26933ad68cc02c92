import {
  ACMClient,
  type CertificateDetail,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  DescribeAccountAttributesCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Instance,
  type NetworkAclEntry,
  type NetworkInterface,
  type Route,
} from '@aws-sdk/client-ec2';
import {
  DescribeAccountLimitsCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetAccountLimitCommand,
  GetHostedZoneCommand,
  GetHostedZoneLimitCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { InvalidInput, Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import { SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../aws/dns/resolver.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import type { createPlan } from '../../functions/plans/create-plan.ts';
import type { Probes } from '../../resources/probes/probe-edge.ts';
import { apiContext, aRequest } from './api-event.ts';
import { a, type NameServer, NameServers, ns, soa } from './name-servers.ts';
import { anOpenAcl } from './network.ts';
import { seeing } from './probes.ts';
import { domain } from './steps.ts';
import { StubbedZone, stored } from './stubbed-zone.ts';
import { surveyedBy } from './survey.ts';

export const document = {
  domain,
  aliases: [`www.${domain}`],
  origin: { instance: { id: 'i-0123456789abcdef0' } },
};

/** A certificate of the account, as ACM has issued it for the names of the document. */
export const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** A load balancer that another has made. */
export const THEIRS = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/theirs/0123456789abcdef';

const REDIRECT = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } as const;

const LOCAL: Route = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' };
const TO_INTERNET: Route = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };

type Granted = Partial<Record<'loadBalancers' | 'addresses' | 'zones' | 'records', number>>;

/** Behind stubbed clients: an instance, public subnets in two zones, and the zone of the parent, which is delegated. */
export class PlannableAccount {
  readonly ec2 = mockClient(EC2Client);
  readonly route53 = mockClient(Route53Client);
  readonly domains = mockClient(Route53DomainsClient);
  readonly acm = mockClient(ACMClient);
  readonly elb = mockClient(ElasticLoadBalancingV2Client);
  readonly states = mockClient(SFNClient);
  readonly mocks = [this.ec2, this.route53, this.domains, this.acm, this.elb, this.states];
  zone = new StubbedZone(this.route53);
  probes: Probes = seeing().probes;
  dns: NameServers | undefined;
  readonly #createPlan: typeof createPlan;

  /** `POST /v1/plans` is handed in by the test that asks it. */
  constructor(asked: typeof createPlan) {
    this.#createPlan = asked;
  }

  async reset(): Promise<void> {
    for (const mock of this.mocks) mock.reset();
    this.domains.rejects(new InvalidInput({ message: 'not registered here', $metadata: {} }));
    this.instanceIs({});
    this.interfacesAre({ NetworkInterfaceId: 'eni-9', Groups: [{ GroupId: 'sg-9' }] });
    this.ec2
      .on(DescribeSubnetsCommand)
      .resolves({
        Subnets: ['a', 'b'].map((letter, place) => ({
          SubnetId: `subnet-0000000${letter}`,
          VpcId: 'vpc-1',
          AvailabilityZone: `us-east-1${letter}`,
          AvailableIpAddressCount: 250,
          CidrBlock: `10.0.${place}.0/24`,
        })),
      })
      .on(DescribeSecurityGroupsCommand)
      .resolves({})
      .on(DescribeAddressesCommand)
      .resolves({});
    this.routesAre();
    this.aclIs();
    this.acm.on(ListCertificatesCommand).resolves({}).on(ListTagsForCertificateCommand).resolves({});
    this.certificateIs({});
    this.ec2.on(DescribeRegionsCommand).resolves({});
    this.elb.on(DescribeLoadBalancersCommand).resolves({}).on(DescribeTargetGroupsCommand).resolves({});
    this.theirsIs({});
    this.route53.on(ListTagsForResourceCommand).resolves({} as never);
    this.grants({});
    this.zonesAre('ZEXAMPLE');
    this.probes = seeing().probes;
    this.zone = new StubbedZone(this.route53, [stored('example.test', 'NS', 'ns-1.awsdns-01.com.')]);
    await this.delegatedTo('ns-1.awsdns-01.com');
  }

  async stop(): Promise<void> {
    await this.dns?.stop();
  }

  /** The load balancer of another: which IPv4 block it lets in, its listeners, and the rules on port 443. */
  theirsIs({
    cidr = '0.0.0.0/0',
    listeners,
    rules = [],
  }: {
    cidr?: string;
    listeners?: Listener[];
    rules?: Rule[];
  }): void {
    const byDefault: Listener[] = [
      { ListenerArn: `${THEIRS}/443`, Port: 443, Protocol: 'HTTPS' },
      {
        ListenerArn: `${THEIRS}/80`,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'redirect', RedirectConfig: REDIRECT }],
      },
    ];
    const balancer = {
      LoadBalancerArn: THEIRS,
      DNSName: 'theirs.elb.amazonaws.com',
      CanonicalHostedZoneId: 'ZELB',
      Type: 'application',
      Scheme: 'internet-facing',
      State: { Code: 'active' },
      IpAddressType: 'ipv4',
      SecurityGroups: ['sg-theirs'],
    } as const;
    this.elb
      .on(DescribeLoadBalancersCommand, { LoadBalancerArns: [THEIRS] })
      .resolves({ LoadBalancers: [{ ...balancer, SecurityGroups: ['sg-theirs'] }] })
      .on(DescribeListenersCommand, { LoadBalancerArn: THEIRS })
      .resolves({ Listeners: listeners ?? byDefault })
      .on(DescribeListenerCertificatesCommand)
      .resolves({})
      .on(DescribeRulesCommand)
      .resolves({ Rules: rules })
      .on(DescribeTagsCommand, { ResourceArns: [THEIRS] })
      .resolves({});
    const open = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: cidr }] };
    this.ec2
      .on(DescribeSecurityGroupsCommand, { Filters: [{ Name: 'group-id', Values: ['sg-theirs'] }] })
      .resolves({ SecurityGroups: [{ GroupId: 'sg-theirs', IpPermissions: [open] }] });
  }

  /** What AWS says that the account may have; left out, as much as by default. */
  grants({ loadBalancers = 50, addresses = 5, zones = 500, records = 10_000 }: Granted): void {
    const Limits = [{ Name: 'application-load-balancers', Max: String(loadBalancers) }];
    this.elb.on(DescribeAccountLimitsCommand).resolves({ Limits });
    const AttributeName = 'vpc-max-elastic-ips' as never;
    const AttributeValues = [{ AttributeValue: String(addresses) }];
    this.ec2.on(DescribeAccountAttributesCommand).resolves({ AccountAttributes: [{ AttributeName, AttributeValues }] });
    const limit = (Value: number) => ({ Limit: { Type: undefined, Value }, Count: 0 }) as never;
    this.route53
      .on(GetAccountLimitCommand)
      .resolves(limit(zones))
      .on(GetHostedZoneLimitCommand)
      .resolves(limit(records));
  }

  certificateIs(changes: CertificateDetail): void {
    const Certificate: CertificateDetail = {
      CertificateArn: CERTIFICATE,
      Type: 'AMAZON_ISSUED',
      Status: 'ISSUED',
      SubjectAlternativeNames: [domain, `*.${domain}`],
      NotAfter: new Date('2027-06-15T12:00:00Z'),
      DomainValidationOptions: [{ DomainName: domain, ValidationMethod: 'DNS' }],
      ...changes,
    };
    this.acm.on(DescribeCertificateCommand, { CertificateArn: CERTIFICATE }).resolves({ Certificate });
  }

  /** ACM looks at the key and the dates of what is imported, and at no authority. */
  importedIs({ certificatePem, chainPem }: { certificatePem: string; chainPem: string }): void {
    this.certificateIs({ Type: 'IMPORTED', DomainValidationOptions: [] });
    const given = { Certificate: certificatePem, CertificateChain: chainPem };
    this.acm.on(GetCertificateCommand, { CertificateArn: CERTIFICATE }).resolves(given);
  }

  instanceIs(changes: Instance): void {
    const instance: Instance = {
      InstanceId: 'i-0123456789abcdef0',
      State: { Name: 'running' },
      VpcId: 'vpc-1',
      SubnetId: 'subnet-0000000a',
      PrivateIpAddress: '10.0.0.4',
      PublicIpAddress: '203.0.113.4',
      Placement: { AvailabilityZone: 'us-east-1a' },
      SecurityGroups: [{ GroupId: 'sg-1' }],
      Tags: [{ Key: 'nameplate:tenant', Value: 'acme' }],
      ...changes,
    };
    this.ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [instance] }] });
  }

  /** The network interfaces that have a private address that is asked for. */
  interfacesAre(...NetworkInterfaces: NetworkInterface[]): void {
    this.ec2.on(DescribeNetworkInterfacesCommand).resolves({ NetworkInterfaces });
  }

  /** What a look at the instance's web server comes to. */
  instanceGives(plain: Probes['plain']): void {
    this.probes = seeing({ plain }).probes;
  }

  /** Routes of both subnets besides the usual ones. */
  routesAre(...more: Route[]): void {
    this.ec2.on(DescribeRouteTablesCommand).resolves({
      RouteTables: [{ Associations: [{ Main: true }], Routes: [LOCAL, TO_INTERNET, ...more] }],
    });
  }

  /** Rules of the network ACL of both subnets that come before the one that allows everything. */
  aclIs(...rules: NetworkAclEntry[]): void {
    const { Entries = [], ...acl } = anOpenAcl('subnet-0000000a', 'subnet-0000000b');
    this.ec2.on(DescribeNetworkAclsCommand).resolves({ NetworkAcls: [{ ...acl, Entries: [...rules, ...Entries] }] });
  }

  /** Public zones "example.test", each with a name server of its own. */
  zonesAre(...ids: string[]): void {
    const of = (id: string) => ({ Id: `/hostedzone/${id}`, Name: 'example.test.', CallerReference: 'theirs' });
    this.route53.on(ListHostedZonesCommand).resolves({ HostedZones: ids.map(of), IsTruncated: false } as never);
    for (const [place, id] of ids.entries()) {
      this.route53.on(GetHostedZoneCommand, { Id: id }).resolves({
        HostedZone: { ...of(id), ResourceRecordSetCount: 42 },
        DelegationSet: { NameServers: [`ns-${place + 1}.awsdns-01.com`] },
      });
    }
  }

  /** An empty zone below "example.test", which does not delegate to it. */
  zoneBelow(name: string, id: string): void {
    const below = { Id: `/hostedzone/${id}`, Name: `${name}.`, CallerReference: 'theirs', ResourceRecordSetCount: 2 };
    const above = { Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'theirs' };
    this.route53.on(ListHostedZonesCommand).resolves({ HostedZones: [above, below], IsTruncated: false } as never);
    const DelegationSet = { NameServers: ['ns-7.awsdns-07.net'] };
    this.route53.on(GetHostedZoneCommand, { Id: id }).resolves({ HostedZone: below, DelegationSet });
  }

  /** Those of the zone "ZEXAMPLE". */
  nameServersAre(...NameServers: string[]): void {
    this.route53.on(GetHostedZoneCommand, { Id: 'ZEXAMPLE' }).resolves({
      HostedZone: { Id: 'ZEXAMPLE', Name: 'example.test.', CallerReference: 'theirs', ResourceRecordSetCount: 42 },
      DelegationSet: { NameServers },
    });
  }

  /** The root is the parent, and delegates to these. */
  async delegatedTo(...servers: string[]): Promise<void> {
    await this.dnsSays({
      '198.41.0.4': ({ name, type }) => {
        if (name.startsWith('ns-')) return { answers: [a(name, '192.0.2.3')] };
        if (type === 'DS' || name === 'test') return { authorities: [soa('')] };
        return { authorities: servers.map((server) => ns('example.test', server)) };
      },
      '192.0.2.3': () => ({ authorities: [soa('example.test')] }),
    });
  }

  async dnsSays(servers: Record<string, NameServer>): Promise<void> {
    await this.dns?.stop();
    this.dns = await NameServers.start(servers);
  }

  /** One that asks these name servers. */
  readonly newResolver = (): Resolver => {
    const connect = this.dns?.connect;
    return new Resolver({ ...(connect && { connect }) });
  };

  /** Looks at the account as the function SurveyAccount does. */
  readonly survey = surveyedBy(this.newResolver);

  async plan(
    body: unknown = document,
  ): Promise<{ status: number | undefined; json: PlanView & { errors?: object[] } }> {
    const handler = this.#createPlan(this.newResolver, this.probes, { survey: this.survey });
    const event = aRequest({ method: 'POST', path: '/v1/plans', body });
    const answer = await handler(event, apiContext);
    return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') as PlanView & { errors?: object[] } };
  }
}
