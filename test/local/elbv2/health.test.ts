import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AnInstance, aGroup, anInstance } from '../ec2/an-ec2.ts';
import {
  type ALoadBalancer,
  type AnElbv2,
  aLoadBalancer,
  anElbv2,
  askAt,
  aTargetGroup,
  forwardTo,
  healthIn,
} from './an-elbv2.ts';

let world: AnElbv2;
let loadBalancer: ALoadBalancer;
let instance: AnInstance;
let backend: string;

beforeEach(async () => {
  world = await anElbv2();
  const { ec2, vpcId, subnetIds, groupId } = world;
  backend = await aGroup(ec2, { vpcId, name: 'backend', from: groupId });
  instance = await anInstance(world, { subnetId: subnetIds[0], groupIds: [backend] });
});
afterEach(() => world.aws.close());

/** A group with the instance in it, behind a load balancer's port 80. */
async function aSite({
  active = true,
  ...settings
}: {
  active?: boolean;
  [setting: string]: unknown;
} = {}): Promise<string> {
  loadBalancer = await aLoadBalancer(world, { active });
  const arn = await aTargetGroup(world, { targets: [instance.instanceId], ...settings });
  await world.elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: forwardTo(arn),
  });
  return arn;
}
const becomes = (arn: string, state: string) =>
  world.aws.clock.until(async () => (await healthIn(world, arn))?.State === state, { limitMs: 600_000 });
const status = async () => (await askAt(world, loadBalancer.addresses[0] as string)).status;
const routable = () => world.names.get(loadBalancer.dnsName)?.healthy();
const secondsSince = (then: Date) => (world.aws.clock.now().getTime() - then.getTime()) / 1000;

test('one passed check makes a new target healthy, once the load balancer has nodes to check from', async () => {
  const arn = await aSite({ active: false });
  expect(await healthIn(world, arn)).toEqual({
    State: 'initial',
    Reason: 'Elb.RegistrationInProgress',
    Description: 'Target registration is in progress',
  });
  await world.aws.clock.advance(130_000);
  expect((await healthIn(world, arn))?.Reason).toBe('Elb.RegistrationInProgress');
  await world.aws.clock.advance(65_000);
  expect(await healthIn(world, arn)).toEqual({ State: 'healthy' });
  expect(await status()).toBe(200);
  expect(routable()).toBe(true);
});

test('the check asks as ELB-HealthChecker/2.0 from a node of the load balancer', async () => {
  let seen: unknown;
  world.hooks.web(instance.instanceId).answer('/up', (request, response) => {
    seen = { from: request.socket.remoteAddress, headers: request.headers };
    response.writeHead(204).end();
  });
  const arn = await aSite({ HealthCheckPath: '/up', Matcher: { HttpCode: '200-204' } });
  await becomes(arn, 'healthy');
  expect(seen).toMatchObject({
    from: expect.stringMatching(/^10\.0\.0\./),
    headers: { 'user-agent': 'ELB-HealthChecker/2.0', host: `${instance.privateAddress}:80`, connection: 'close' },
  });
});

test('L13: the wrong status makes a target unhealthy after two checks, and healthy again after five', async () => {
  const arn = await aSite();
  await becomes(arn, 'healthy');
  const web = world.hooks.web(instance.instanceId);
  web.fail(503);
  let then = world.aws.clock.now();
  await becomes(arn, 'unhealthy');
  expect(await healthIn(world, arn)).toEqual({
    State: 'unhealthy',
    Reason: 'Target.ResponseCodeMismatch',
    Description: 'Health checks failed with these codes: [503]',
  });
  expect(secondsSince(then)).toBeGreaterThan(30);
  expect(secondsSince(then)).toBeLessThanOrEqual(61);
  expect(routable()).toBe(false);
  web.fail(undefined);
  then = world.aws.clock.now();
  await becomes(arn, 'healthy');
  expect(secondsSince(then)).toBeGreaterThan(120);
  expect(secondsSince(then)).toBeLessThanOrEqual(151);
});

test('L13: a security group that drops the checks makes Target.Timeout', async () => {
  const { ec2, groupId } = world;
  const arn = await aSite();
  await becomes(arn, 'healthy');
  await ec2.revokeSecurityGroupIngress({
    GroupId: backend,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: groupId }] }],
  });
  await becomes(arn, 'unhealthy');
  expect(await healthIn(world, arn)).toEqual({
    State: 'unhealthy',
    Reason: 'Target.Timeout',
    Description: 'Request timed out',
  });
});

test('a closed port makes Target.FailedHealthChecks, an answer that never comes Target.Timeout', async () => {
  const { elb } = world;
  const arn = await aSite({ HealthCheckPort: '8080' });
  await world.ec2.authorizeSecurityGroupIngress({
    GroupId: backend,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  await becomes(arn, 'unhealthy');
  expect((await healthIn(world, arn))?.Reason).toBe('Target.FailedHealthChecks');
  world.hooks.web(instance.instanceId).answer('/silent', () => {});
  await elb.modifyTargetGroup({ TargetGroupArn: arn, HealthCheckPort: 'traffic-port', HealthCheckPath: '/silent' });
  await world.aws.clock.advance(40_000);
  expect((await healthIn(world, arn))?.Reason).toBe('Target.Timeout');
});

test('with no healthy target all are tried: fail-open', async () => {
  const arn = await aSite({ HealthCheckPath: '/missing' });
  await becomes(arn, 'unhealthy');
  expect(await status()).toBe(200);
});

test('a healthy target is preferred to an unhealthy one, and requests go round', async () => {
  const { elb, subnetIds } = world;
  const arn = await aSite();
  const second = await anInstance(world, { subnetId: subnetIds[1], groupIds: [backend] });
  await elb.registerTargets({ TargetGroupArn: arn, Targets: [{ Id: second.instanceId }] });
  await world.aws.clock.advance(10_000);
  const answers = async () => {
    const bodies = new Set<string | undefined>();
    for (let i = 0; i < 4; i++) {
      const { body } = await askAt(world, loadBalancer.addresses[i % 2] as string);
      bodies.add(/i-[0-9a-f]+/.exec(body)?.[0]);
    }
    return bodies;
  };
  expect(await answers()).toEqual(new Set([instance.instanceId, second.instanceId]));
  world.hooks.web(instance.instanceId).answer('/', (_, response) => response.writeHead(500).end(instance.instanceId));
  await world.aws.clock.advance(61_000);
  expect(await answers()).toEqual(new Set([second.instanceId]));
});

test('without targets there is a 503, and Route 53 sees nothing healthy', async () => {
  const arn = await aSite();
  await becomes(arn, 'healthy');
  await world.elb.deregisterTargets({ TargetGroupArn: arn, Targets: [{ Id: instance.instanceId }] });
  expect(await status()).toBe(503);
  expect(routable()).toBe(false);
});

test('a deregistered target drains for its delay, and can come back meanwhile', async () => {
  const { elb, aws } = world;
  const arn = await aSite();
  await becomes(arn, 'healthy');
  const Targets = [{ Id: instance.instanceId }];
  await elb.deregisterTargets({ TargetGroupArn: arn, Targets });
  expect(await healthIn(world, arn)).toEqual({
    State: 'draining',
    Reason: 'Target.DeregistrationInProgress',
    Description: 'Target deregistration is in progress',
  });
  await aws.clock.advance(299_000);
  expect((await healthIn(world, arn))?.State).toBe('draining');
  await elb.registerTargets({ TargetGroupArn: arn, Targets });
  await becomes(arn, 'healthy');
  await elb.deregisterTargets({ TargetGroupArn: arn, Targets });
  await aws.clock.advance(301_000);
  expect(await healthIn(world, arn)).toBeUndefined();
});

test('an instance that stops is unused, and is checked anew when it starts; one that ends drains and is gone', async () => {
  const { ec2, aws } = world;
  const arn = await aSite();
  await becomes(arn, 'healthy');
  await ec2.stopInstances({ InstanceIds: [instance.instanceId] });
  await aws.clock.advance(60_000);
  expect(await healthIn(world, arn)).toEqual({
    State: 'unused',
    Reason: 'Target.InvalidState',
    Description: 'Target is in the stopped state',
  });
  expect(await status()).toBe(503);
  await ec2.startInstances({ InstanceIds: [instance.instanceId] });
  await becomes(arn, 'healthy');
  await ec2.terminateInstances({ InstanceIds: [instance.instanceId] });
  await aws.clock.advance(60_000);
  expect(await healthIn(world, arn)).toMatchObject({ State: 'draining', Reason: 'Target.DeregistrationInProgress' });
  await aws.clock.advance(300_000);
  expect(await healthIn(world, arn)).toBeUndefined();
});

test('a target in a zone that the load balancer is not in is unused', async () => {
  const { ec2, elb, vpcId } = world;
  const arn = await aSite();
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.6.0/24', AvailabilityZone: 'us-east-1f' });
  const far = await anInstance(world, { subnetId: Subnet?.SubnetId as string, groupIds: [backend] });
  await elb.registerTargets({ TargetGroupArn: arn, Targets: [{ Id: far.instanceId }] });
  const { TargetHealthDescriptions } = await elb.describeTargetHealth({
    TargetGroupArn: arn,
    Targets: [{ Id: far.instanceId }],
  });
  expect(TargetHealthDescriptions?.[0]?.TargetHealth).toEqual({
    State: 'unused',
    Reason: 'Target.NotInUse',
    Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
  });
});

test('a target that refuses makes a 502, one that drops packets a 504 after ten seconds', async () => {
  const { ec2, aws, groupId } = world;
  const arn = await aSite();
  await becomes(arn, 'healthy');
  await ec2.rebootInstances({ InstanceIds: [instance.instanceId] });
  expect(await status()).toBe(502);
  await aws.clock.advance(31_000);
  expect(await status()).toBe(200);
  await ec2.revokeSecurityGroupIngress({
    GroupId: backend,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: groupId }] }],
  });
  const then = aws.clock.now();
  const answer = status();
  await aws.clock.advance(9_000);
  await aws.clock.advance(2_000);
  expect(await answer).toBe(504);
  expect(secondsSince(then)).toBeLessThan(12);
});

test('targets by address, over HTTPS with whatever certificate they have', async () => {
  const { createServer } = await import('node:https');
  const issued = await world.authority.issue({
    names: ['elsewhere.example.test'],
    keyAlgorithm: 'EC_prime256v1',
    notBefore: new Date(Date.now() - 1_000),
    notAfter: new Date(Date.now() + 3_600_000),
  });
  const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem }, (request, response) =>
    response.end(`over TLS: ${request.headers['x-forwarded-proto']}`),
  );
  world.internet.listen({ address: '10.0.0.200', port: 8443 }, (connection) => server.emit('connection', connection));
  loadBalancer = await aLoadBalancer(world);
  const arn = await aTargetGroup(world, {
    TargetType: 'ip',
    Protocol: 'HTTPS',
    Port: 8443,
    HealthCheckProtocol: 'HTTPS',
    targets: ['10.0.0.200'],
  });
  await world.elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: forwardTo(arn),
  });
  await becomes(arn, 'healthy');
  expect((await askAt(world, loadBalancer.addresses[0] as string)).body).toBe('over TLS: http');
});

test('an address outside the VPC is reached by a route to its network only', async () => {
  const { aws, ec2, internet, elb, vpcId } = world;
  const address = '192.168.7.8';
  const { createServer } = await import('node:http');
  const server = createServer((_, response) => response.end('from home'));
  internet.listen({ address, port: 80 }, (connection) => server.emit('connection', connection));
  loadBalancer = await aLoadBalancer(world);
  const arn = await aTargetGroup(world, { TargetType: 'ip' });
  const Targets = [{ Id: address, AvailabilityZone: 'all' }];
  await elb.registerTargets({ TargetGroupArn: arn, Targets });
  const listener = { LoadBalancerArn: loadBalancer.arn, Port: 80, Protocol: 'HTTP' as const };
  await elb.createListener({ ...listener, DefaultActions: forwardTo(arn) });
  await aws.clock.until(async () => (await healthIn(world, arn))?.Reason === 'Target.Timeout');

  const { VpnGateway } = await ec2.createVpnGateway({ Type: 'ipsec.1' });
  const { VpnGatewayId } = VpnGateway ?? {};
  await ec2.attachVpnGateway({ VpnGatewayId, VpcId: vpcId });
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
  for (const { RouteTableId } of RouteTables)
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '192.168.0.0/16', GatewayId: VpnGatewayId });
  await becomes(arn, 'healthy');
  expect((await askAt(world, loadBalancer.addresses[0] as string)).body).toBe('from home');
});

test('a change is noticed in time also after half a year in which there was none', async () => {
  const arn = await aSite();
  await becomes(arn, 'healthy');
  await world.aws.clock.advance(183 * 24 * 3_600_000);
  expect(await healthIn(world, arn)).toEqual({ State: 'healthy' });
  world.hooks.web(instance.instanceId).fail(500);
  const then = world.aws.clock.now();
  await becomes(arn, 'unhealthy');
  expect(secondsSince(then)).toBeLessThanOrEqual(61);
});
