import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53 } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createNames, type Names } from '../../../local/dns/names.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createEc2, type Ec2Service } from '../../../local/services/ec2/service.ts';
import { createElbv2 } from '../../../local/services/elbv2/service.ts';
import { createRoute53 } from '../../../local/services/route53/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aGroup, anInstance, aVpc } from '../ec2/an-ec2.ts';

const ZONE = 'shop.example.test';

let aws: AFront;
let route53: Route53;
let hooks: Ec2Service;
let names: Names;
let instanceId: string;
let targetGroup: string;
let place: { subnetId: string; groupIds: string[] };
let checkId: string;
let connections: number;

beforeEach(async () => {
  aws = await aFront({
    services: (host) => {
      const internet = new Internet({ clock: host.clock });
      const connect = internet.connect.bind(internet);
      internet.connect = (...given) => {
        connections++;
        return connect(...given);
      };
      names = createNames(host, internet);
      hooks = createEc2(host, { internet });
      const certificates = { find: () => undefined, use: () => {}, release: () => {} };
      const elb = createElbv2(host, { internet, ec2: hooks, certificates, awsNames: names.awsNames });
      return [hooks.service, elb.service, createRoute53(host, names).service];
    },
  });
  const [ec2, elb] = [aws.client(EC2), aws.client(ElasticLoadBalancingV2)];
  route53 = aws.client(Route53);
  const { vpcId, subnetIds } = await aVpc(ec2, {});
  const groupId = await aGroup(ec2, { vpcId, name: 'front', port: 80 });
  place = { subnetId: subnetIds[0], groupIds: [groupId] };
  ({ instanceId } = await anInstance({ aws, ec2 }, place));
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'shop',
    Subnets: subnetIds,
    SecurityGroups: [groupId],
  });
  const { LoadBalancerArn = '', DNSName = '', CanonicalHostedZoneId = '' } = LoadBalancers?.[0] ?? {};
  const group = { Name: 'shop', Protocol: 'HTTP', Port: 80, VpcId: vpcId, Matcher: { HttpCode: '200-399' } } as const;
  const TargetGroupArn = String((await elb.createTargetGroup(group)).TargetGroups?.[0]?.TargetGroupArn);
  await elb.registerTargets({ TargetGroupArn, Targets: [{ Id: instanceId }] });
  targetGroup = TargetGroupArn;
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  await elb.createListener({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions });
  await aws.clock.advance(300_000);

  const { HostedZone } = await route53.createHostedZone({ Name: ZONE, CallerReference: 'zone' });
  await aws.clock.advance(60_000);
  const { HealthCheck } = await route53.createHealthCheck({
    CallerReference: 'origin',
    HealthCheckConfig: { Type: 'HTTP', FullyQualifiedDomainName: DNSName, RequestInterval: 10, FailureThreshold: 3 },
  });
  checkId = String(HealthCheck?.Id);
  const Name = `www.${ZONE}`;
  const target = { HostedZoneId: CanonicalHostedZoneId, DNSName, EvaluateTargetHealth: true };
  await route53.changeResourceRecordSets({
    HostedZoneId: HostedZone?.Id,
    ChangeBatch: {
      Changes: [
        {
          Action: 'CREATE',
          ResourceRecordSet: {
            ...{ Name, Type: 'A', SetIdentifier: 'site', Failover: 'PRIMARY', HealthCheckId: checkId },
            AliasTarget: target,
          },
        },
        {
          Action: 'CREATE',
          ResourceRecordSet: {
            ...{ Name, Type: 'A', SetIdentifier: 'page', Failover: 'SECONDARY', TTL: 60 },
            ResourceRecords: [{ Value: '203.0.113.222' }],
          },
        },
      ],
    },
  });
  await aws.clock.advance(180_000);
});
afterEach(() => aws.close());

const shown = async (): Promise<'site' | 'page'> => {
  const { answers } = await names.freshResolver.resolve(`www.${ZONE}`, 'A');
  return answers.some(({ data }) => data === '203.0.113.222') ? 'page' : 'site';
};
const statuses = async (): Promise<string> => {
  const { HealthCheckObservations: found = [] } = await route53.getHealthCheckStatus({ HealthCheckId: checkId });
  return [...new Set(found.map(({ StatusReport: report }) => report?.Status?.replace(/ Resolved IP.*/, '')))].join();
};

test('R27: a load balancer whose only target fails shows the page by both ways, and the site when it is back', async () => {
  expect([await shown(), await statuses()]).toEqual(['site', 'Success: HTTP Status Code 200, OK.']);
  hooks.web(instanceId).fail(500);
  await aws.clock.advance(45_000);
  expect([await shown(), await statuses()]).toEqual(['page', 'Failure: HTTP Status Code 500, Internal Server Error.']);
  hooks.web(instanceId).fail(undefined);
  // The target is healthy again after five good checks of the load balancer, half a minute apart.
  await aws.clock.advance(180_000);
  expect([await shown(), await statuses()]).toEqual(['site', 'Success: HTTP Status Code 200, OK.']);
});

test('an outage of weeks and a health of weeks cost no connection', async () => {
  await aws.clock.advance(600_000);
  connections = 0;
  await aws.clock.advance(30 * 86_400_000);
  expect(connections).toBe(0);
  await aws.client(EC2).stopInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(600_000);
  expect(await shown()).toBe('page');
  expect(await statuses()).toMatch(/^Failure: HTTP Status Code 50\d/);
  connections = 0;
  await aws.clock.advance(5 * 86_400_000);
  expect(connections).toBe(0);
});

test('of two targets that answer otherwise each checker finds one', async () => {
  const { instanceId: second } = await anInstance({ aws, ec2: aws.client(EC2) }, place);
  const Targets = [{ Id: second }];
  await aws.client(ElasticLoadBalancingV2).registerTargets({ TargetGroupArn: targetGroup, Targets });
  await aws.clock.advance(300_000);
  hooks.web(second).insist({ redirect: 'https://elsewhere.example.test' });
  await aws.clock.advance(300_000);
  const { HealthCheckObservations: found = [] } = await route53.getHealthCheckStatus({ HealthCheckId: checkId });
  // Two answers at each of its two addresses.
  expect(new Set(found.map(({ StatusReport: report }) => report?.Status)).size).toBe(4);
});
