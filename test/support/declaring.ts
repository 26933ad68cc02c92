import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  DescribeAccountAttributesCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeAccountLimitsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetAccountLimitCommand,
  GetHostedZoneCommand,
  GetHostedZoneLimitCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createSite } from '../../functions/sites/create-site.ts';
import { apiContext, aRequest } from './api-event.ts';
import { useLedger } from './ledger.ts';
import { nobodyAnswers } from './name-servers.ts';
import { anOpenAcl } from './network.ts';
import { StubbedZone, stored } from './stubbed-zone.ts';
import { surveyedBy } from './survey.ts';

/** What is declared. */
export const document = {
  domain: 'shop.example.test',
  aliases: ['www.shop.example.test'],
  origin: { instance: { id: 'i-0123456789abcdef0' } },
  directName: 'direct.shop.example.test',
};
/** The subnets that are chosen for it. */
export const chosen = ['subnet-0000000a', 'subnet-0000000b'];

const handler = createSite(nobodyAnswers, surveyedBy(nobodyAnswers));

/**
 * `POST /v1/sites` in an account where all is as it should be: an instance that runs, public subnets in two zones, the zone
 * of the parent. Each test begins so, with an empty ledger.
 */
export function useDeclaring() {
  const ledger = useLedger();
  const ec2 = mockClient(EC2Client);
  const route53 = mockClient(Route53Client);
  const acm = mockClient(ACMClient);
  const elb = mockClient(ElasticLoadBalancingV2Client);
  const states = mockClient(SFNClient);

  beforeEach(() => {
    for (const mock of [ec2, route53, acm, elb, states]) mock.reset();
    instanceIs('running');
    ec2.on(DescribeSubnetsCommand).resolves({
      Subnets: ['a', 'b'].map((letter) => ({
        SubnetId: `subnet-0000000${letter}`,
        VpcId: 'vpc-1',
        AvailabilityZone: `us-east-1${letter}`,
        AvailableIpAddressCount: 250,
        CidrBlock: `10.0.${letter === 'a' ? 0 : 1}.0/24`,
      })),
    });
    ec2.on(DescribeNetworkAclsCommand).resolves({ NetworkAcls: [anOpenAcl(...chosen)] });
    ec2.on(DescribeRouteTablesCommand).resolves({
      RouteTables: [
        {
          Associations: [{ Main: true }],
          Routes: [
            { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
            { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
          ],
        },
      ],
    });
    const HostedZone = { Id: '/hostedzone/Z1', Name: 'example.test.', CallerReference: 'r' };
    route53
      .on(ListHostedZonesCommand)
      .resolves({ HostedZones: [HostedZone], IsTruncated: false } as never)
      .on(ListTagsForResourceCommand)
      .resolves({})
      .on(GetHostedZoneCommand)
      .resolves({ HostedZone, DelegationSet: { NameServers: ['ns-1.awsdns-01.com'] } });
    zoneHolds();
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolves({})
      .on(DescribeSecurityGroupRulesCommand)
      .resolves({})
      .on(DescribeAddressesCommand)
      .resolves({})
      .on(DescribeAccountAttributesCommand)
      .resolves({});
    acm.on(ListCertificatesCommand).resolves({});
    ec2.on(DescribeRegionsCommand).resolves({});
    elb.on(DescribeLoadBalancersCommand).resolves({}).on(DescribeTargetGroupsCommand).resolves({});
    loadBalancersAllowed(50);
    const limit = { Limit: { Type: undefined, Value: 500 }, Count: 0 } as never;
    route53.on(GetAccountLimitCommand).resolves(limit).on(GetHostedZoneLimitCommand).resolves(limit);
    states.on(StartExecutionCommand).resolves({});
    executionIs('RUNNING');
  });

  function instanceIs(state: 'running' | 'stopped', { tenant }: { tenant?: string } = {}): void {
    const instance = {
      InstanceId: 'i-0123456789abcdef0',
      State: { Name: state },
      VpcId: 'vpc-1',
      SubnetId: 'subnet-0000000a',
      PrivateIpAddress: '10.0.0.4',
      Placement: { AvailabilityZone: 'us-east-1a' },
      ...(tenant !== undefined && { Tags: [{ Key: 'nameplate:tenant', Value: tenant }] }),
      SecurityGroups: [{ GroupId: 'sg-1' }],
    };
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [instance] }] });
  }

  /** What stands in the zone besides its name servers. */
  function zoneHolds(...sets: ResourceRecordSet[]): void {
    new StubbedZone(route53, [stored('example.test', 'NS', 'ns-1.awsdns-01.com.'), ...sets], 'Z1');
  }

  function loadBalancersAllowed(count: number): void {
    const Limits = [{ Name: 'application-load-balancers', Max: String(count) }];
    elb.on(DescribeAccountLimitsCommand).resolves({ Limits });
  }

  function executionIs(status: 'RUNNING' | 'ABORTED' | 'SUCCEEDED' | 'missing'): void {
    const describing = states.on(DescribeExecutionCommand);
    if (status === 'missing') describing.rejects(new ExecutionDoesNotExist({ message: 'None', $metadata: {} }));
    else describing.resolves({ status });
  }

  async function post(
    body: unknown = document,
    { remainingMs = 30_000, ...given }: Parameters<typeof aRequest>[0] & { remainingMs?: number } = {},
  ) {
    const answer = await handler(aRequest({ method: 'POST', body, ...given }), {
      ...apiContext,
      getRemainingTimeInMillis: () => remainingMs,
    });
    return { ...answer, status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
  }

  const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
  /** Claims with an owner, sites, steps, …; what stands under the names above is left out. */
  const kinds = async () =>
    (await ledger.everything())
      .filter(({ pk, sk, domain: owner }) => !String(pk).startsWith('NAME#') || (sk === 'CLAIM' && owner !== undefined))
      .map(({ pk, sk }) => `${pk} ${String(sk).split('#')[0]}`);

  const world = { instanceIs, executionIs, zoneHolds, loadBalancersAllowed };
  return { ledger, ec2, route53, states, ...world, post, started, kinds };
}
