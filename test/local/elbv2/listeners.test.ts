import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { LAPTOP } from '../ec2/an-ec2.ts';
import {
  type ALoadBalancer,
  type AnElbv2,
  aCertificate,
  aLoadBalancer,
  anElbv2,
  askAt,
  aTargetGroup,
  forwardTo,
  saying,
  toHttps,
} from './an-elbv2.ts';

let world: AnElbv2;
let loadBalancer: ALoadBalancer;
let port = 1000;
beforeAll(async () => {
  world = await anElbv2();
  loadBalancer = await aLoadBalancer(world);
});
// The bucket for changes fills up again.
beforeEach(() => world.aws.clock.advance(10_000));
afterAll(() => world.aws.close());

const create = (input: object) =>
  world.elb.createListener({
    LoadBalancerArn: loadBalancer.arn,
    Protocol: 'HTTP',
    Port: port++,
    DefaultActions: saying('hello'),
    ...input,
  });
const https = async (input: object = {}) => {
  const CertificateArn = await aCertificate(world);
  const { Listeners } = await create({ Protocol: 'HTTPS', Certificates: [{ CertificateArn }], ...input });
  return { arn: Listeners?.[0]?.ListenerArn as string, CertificateArn, listener: Listeners?.[0] };
};

test('an HTTPS listener gets the old default policy unless it names one', async () => {
  const { listener, arn, CertificateArn } = await https();
  expect(listener).toMatchObject({
    LoadBalancerArn: loadBalancer.arn,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-2016-08',
    Certificates: [{ CertificateArn }],
    DefaultActions: [
      {
        Type: 'fixed-response',
        Order: 1,
        FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'hello' },
      },
    ],
  });
  expect(arn).toMatch(/:listener\/app\/shop\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
  expect(world.uses).toContain(`use ${CertificateArn} ${loadBalancer.arn}`);
});

test('L4: the same settings again are the same listener, others on its port are refused', async () => {
  const Port = port++;
  const first = await create({ Port });
  const second = await create({ Port });
  expect(second.Listeners?.[0]?.ListenerArn).toBe(first.Listeners?.[0]?.ListenerArn);
  await expect(create({ Port, DefaultActions: saying('other') })).rejects.toMatchObject({
    name: 'DuplicateListenerException',
    message: 'A listener already exists on this port for this load balancer',
  });
});

test('L1: a certificate that is not issued yet is unsupported', async () => {
  const CertificateArn = await aCertificate(world, { status: 'PENDING_VALIDATION' });
  await expect(create({ Protocol: 'HTTPS', Certificates: [{ CertificateArn }] })).rejects.toMatchObject({
    name: 'UnsupportedCertificate',
    message: `The certificate '${CertificateArn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
  });
});

test('L2: a certificate of nobody, or of another region, is not found', async () => {
  const CertificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';
  await expect(create({ Protocol: 'HTTPS', Certificates: [{ CertificateArn }] })).rejects.toMatchObject({
    name: 'CertificateNotFoundException',
    message: `Certificate '${CertificateArn}' not found`,
  });
});

test.each([
  [{ Protocol: 'HTTPS' }, 'ValidationError', 'A certificate must be specified for HTTPS listeners'],
  [{ Certificates: [{ CertificateArn: 'x' }] }, 'ValidationError', /HTTP listeners/],
  [{ SslPolicy: 'ELBSecurityPolicy-2016-08' }, 'ValidationError', /HTTP listeners/],
  [{ Port: 0 }, 'ValidationError', /greater than or equal to 1/],
  [{ Protocol: 'TCP' }, 'ValidationError', /must be one of 'HTTP, HTTPS'/],
  [{ DefaultActions: [] }, 'ValidationError', /exactly one action/],
  [
    { DefaultActions: [{ Type: 'teleport' }] },
    'ValidationError',
    /at 'defaultActions.1.member.type' failed to satisfy constraint: Member must satisfy enum value set: \[forward, /,
  ],
  [
    { DefaultActions: saying('x', '302') },
    'ValidationError',
    /at 'defaultActions.1.member.fixedResponseConfig.statusCode' failed to satisfy constraint: Member must satisfy regular/,
  ],
  [{ Tags: [{ Key: 'k'.repeat(129), Value: 'v' }] }, 'ValidationError', /at 'tags.1.member.key' failed to satisfy/],
  [
    { Tags: [] },
    'ValidationError',
    /Value '\[\]' at 'tags' failed to satisfy constraint: Member must have length greater/,
  ],
  [
    { DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Host: 'h'.repeat(129) } }] },
    'ValidationError',
    /at 'defaultActions.1.member.redirectConfig.host' failed to satisfy constraint: Member must have length less/,
  ],
  [{ DefaultActions: [{ Type: 'authenticate-oidc' }] }, 'InvalidConfigurationRequestException', /not part of/],
  [
    { DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } }] },
    'InvalidLoadBalancerActionException',
    /loop/,
  ],
  [
    { DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_308', Port: '81' } }] },
    'ValidationError',
    /HTTP_301, HTTP_302/,
  ],
  [{ DefaultActions: forwardTo('nobody') }, 'ValidationError', /not a valid targetgroup ARN/],
])('CreateListener refuses %j', async (wrong, name, message) => {
  await expect(create(wrong)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

test('an unknown policy is named', async () => {
  await expect(https({ SslPolicy: 'ELBSecurityPolicy-Modern' })).rejects.toMatchObject({
    name: 'SSLPolicyNotFoundException',
    message: "SSL policy 'ELBSecurityPolicy-Modern' not found",
  });
});

test('a forward may weigh target groups', async () => {
  const [one, two] = [await aTargetGroup(world, { name: 'one' }), await aTargetGroup(world, { name: 'two' })];
  const ForwardConfig = {
    TargetGroups: [
      { TargetGroupArn: one, Weight: 1 },
      { TargetGroupArn: two, Weight: 0 },
    ],
  };
  const { Listeners } = await create({ DefaultActions: [{ Type: 'forward', ForwardConfig }] });
  expect(Listeners?.[0]?.DefaultActions?.[0]).toMatchObject({ Type: 'forward', ForwardConfig });
  const single = await create({ DefaultActions: forwardTo(one) });
  expect(single.Listeners?.[0]?.DefaultActions?.[0]).toMatchObject({
    TargetGroupArn: one,
    ForwardConfig: { TargetGroups: [{ TargetGroupArn: one, Weight: 1 }] },
  });
});

test('L3: a load balancer takes 25 certificates besides its default ones', async () => {
  const { arn: ListenerArn } = await https();
  const add = (CertificateArn: string) =>
    world.elb.addListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
  const first = await aCertificate(world);
  await add(first);
  for (let i = 0; i < 24; i++) {
    await world.aws.clock.advance(1_000);
    await add(await aCertificate(world));
  }
  const { Certificates } = await world.elb.describeListenerCertificates({ ListenerArn });
  expect(Certificates).toHaveLength(26);
  expect(Certificates?.filter(({ IsDefault }) => IsDefault)).toHaveLength(1);
  await expect(add(await aCertificate(world))).rejects.toMatchObject({ name: 'TooManyCertificatesException' });
  await add(first);
  for (const { CertificateArn = '', IsDefault } of Certificates ?? []) {
    await world.aws.clock.advance(1_000);
    if (!IsDefault) await world.elb.removeListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] });
  }
  expect(world.uses).toContain(`release ${first} ${loadBalancer.arn}`);
});

test('L6: the default certificate is replaced, not removed', async () => {
  const { arn: ListenerArn, CertificateArn } = await https();
  const { elb, uses } = world;
  await expect(
    elb.removeListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn }] }),
  ).rejects.toMatchObject({
    name: 'OperationNotPermittedException',
    message: 'Default certificate cannot be removed',
  });
  const next = await aCertificate(world);
  const { Listeners } = await elb.modifyListener({ ListenerArn, Certificates: [{ CertificateArn: next }] });
  expect(Listeners?.[0]?.Certificates).toEqual([{ CertificateArn: next }]);
  expect(uses.slice(-2)).toEqual([`use ${next} ${loadBalancer.arn}`, `release ${CertificateArn} ${loadBalancer.arn}`]);
});

test('certificates are added one a call, to HTTPS listeners', async () => {
  const { elb } = world;
  const { arn: ListenerArn } = await https();
  const [one, two] = [await aCertificate(world), await aCertificate(world)];
  await expect(
    elb.addListenerCertificates({ ListenerArn, Certificates: [{ CertificateArn: one }, { CertificateArn: two }] }),
  ).rejects.toMatchObject({ name: 'ValidationError', message: 'You must specify exactly one certificate' });
  const { Listeners } = await create({});
  await expect(
    elb.addListenerCertificates({
      ListenerArn: Listeners?.[0]?.ListenerArn as string,
      Certificates: [{ CertificateArn: one }],
    }),
  ).rejects.toMatchObject({ name: 'OperationNotPermittedException' });
});

test('a listener moves, changes its answer, and goes', async () => {
  const { ec2, elb, internet, groupId } = world;
  await ec2.authorizeSecurityGroupIngress({
    GroupId: groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 9000, ToPort: 9001, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  const [address = ''] = loadBalancer.addresses;
  const { Listeners } = await create({ Port: 9000 });
  const ListenerArn = Listeners?.[0]?.ListenerArn as string;
  await create({ Port: 9002 });
  await expect(elb.modifyListener({ ListenerArn, Port: 9002 })).rejects.toMatchObject({
    name: 'DuplicateListenerException',
  });
  await elb.modifyListener({ ListenerArn, Port: 9001 });
  await elb.modifyListener({ ListenerArn, DefaultActions: saying('moved') });
  expect(internet.reach(LAPTOP, { address, port: 9000 })).toBe('refused');
  expect((await askAt(world, address, { port: 9001 })).body).toBe('moved');
  await elb.deleteListener({ ListenerArn });
  expect(internet.reach(LAPTOP, { address, port: 9001 })).toBe('refused');
  await expect(elb.deleteListener({ ListenerArn })).rejects.toMatchObject({ name: 'ListenerNotFoundException' });
});

test('listeners are described by their load balancer or by their ARNs', async () => {
  const { elb } = world;
  const all = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn });
  const [first] = all.Listeners ?? [];
  const one = await elb.describeListeners({ ListenerArns: [first?.ListenerArn as string] });
  expect(one.Listeners).toEqual([first]);
  const page = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn, PageSize: 2 });
  const next = await elb.describeListeners({ LoadBalancerArn: loadBalancer.arn, PageSize: 2, Marker: page.NextMarker });
  expect([...(page.Listeners ?? []), ...(next.Listeners ?? [])]).toEqual(all.Listeners?.slice(0, 4));
  await expect(elb.describeListeners({})).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'You must specify either listener ARNs or a load balancer ARN',
  });
});

const header = (HttpHeaderName: string, ...Values: string[]) => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
});

test('rules: priorities are unique, movable together, and the default one stays', async () => {
  const { elb } = world;
  const { Listeners } = await create({ DefaultActions: toHttps });
  const ListenerArn = Listeners?.[0]?.ListenerArn as string;
  const rule = async (Priority: number, path: string) => {
    const { Rules } = await elb.createRule({
      ListenerArn,
      Priority,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [path] } }],
      Actions: saying(path),
    });
    return Rules?.[0]?.RuleArn as string;
  };
  const [one, two] = [await rule(1, '/one'), await rule(2, '/two')];
  await expect(rule(2, '/three')).rejects.toMatchObject({
    name: 'PriorityInUseException',
    message: "Priority '2' is currently in use",
  });
  await elb.setRulePriorities({
    RulePriorities: [
      { RuleArn: one, Priority: 2 },
      { RuleArn: two, Priority: 1 },
    ],
  });
  const { Rules } = await elb.describeRules({ ListenerArn });
  expect(Rules?.map(({ RuleArn, Priority, IsDefault }) => [RuleArn, Priority, IsDefault])).toEqual([
    [two, '1', false],
    [one, '2', false],
    [expect.any(String), 'default', true],
  ]);
  expect(Rules?.[0]?.Conditions).toEqual([
    { Field: 'path-pattern', Values: ['/two'], PathPatternConfig: { Values: ['/two'] } },
  ]);
  await expect(
    elb.setRulePriorities({
      RulePriorities: [
        { RuleArn: one, Priority: 5 },
        { RuleArn: two, Priority: 5 },
      ],
    }),
  ).rejects.toMatchObject({ name: 'ValidationError', message: "Priority '5' was provided multiple times" });
  await elb.modifyRule({ RuleArn: one, Actions: saying('changed') });
  const fallback = Rules?.at(-1)?.RuleArn as string;
  await expect(elb.deleteRule({ RuleArn: fallback })).rejects.toMatchObject({ name: 'OperationNotPermittedException' });
  await expect(elb.modifyRule({ RuleArn: one })).rejects.toMatchObject({
    message: 'Either conditions or actions must be specified',
  });
  await elb.deleteRule({ RuleArn: one });
  await expect(elb.deleteRule({ RuleArn: one })).rejects.toMatchObject({ name: 'RuleNotFoundException' });
});

test.each([
  [[], /A condition must be specified/],
  [[{ Field: 'colour', Values: ['red'] }], /must be one of/],
  [[{ Field: 'path-pattern', Values: [] }], /A condition value must be specified/],
  [[{ Field: 'host-header', Values: ['shop example'] }], /not valid/],
  [[{ Field: 'path-pattern', Values: ['/1', '/2', '/3', '/4', '/5', '/6'] }], /more than 5/],
  [[header('Host', 'shop')], /use 'host-header'/],
  [[header('X Gate', 'shop')], /RFC 7230/],
  [[header('X'.repeat(41), 'shop')], /RFC 7230/],
  [[header('X-Gate', 'x'.repeat(129))], /longer than '128'/],
  [[header('X-Gate', 'caf\u00e9')], /not valid/],
  [[header('X-Gate', '1', '2', '3', '4')], /more than 3 values/],
  [[{ Field: 'http-header', Values: ['shop'] }], /must use 'HttpHeaderConfig'/],
  [[{ Field: 'path-pattern', Values: ['/*/*/*/*', '/*/?/*'] }], /more than 6 wildcards/],
  [[{ Field: 'query-string', QueryStringConfig: { Values: [{ Value: 'x' }] } }], /not part of this local AWS/],
])('CreateRule refuses the conditions %j', async (Conditions, message) => {
  const { Listeners } = await create({});
  const ListenerArn = Listeners?.[0]?.ListenerArn as string;
  await expect(
    world.elb.createRule({ ListenerArn, Priority: 1, Conditions, Actions: saying('x') }),
  ).rejects.toMatchObject({ message: expect.stringMatching(message) });
});

test('L15: a load balancer has room for 100 rules and 50 listeners', async () => {
  const crowded = await aLoadBalancer(world, { Name: 'crowded', active: false });
  const { clock } = world.aws;
  let ListenerArn = '';
  for (let Port = 1; Port <= 50; Port++) {
    await clock.advance(1_000);
    const { Listeners } = await create({ LoadBalancerArn: crowded.arn, Port });
    ListenerArn = Listeners?.[0]?.ListenerArn as string;
  }
  await expect(create({ LoadBalancerArn: crowded.arn, Port: 51 })).rejects.toMatchObject({
    name: 'TooManyListenersException',
  });
  const rule = (Priority: number) =>
    world.elb.createRule({
      ListenerArn,
      Priority,
      Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}`] }],
      Actions: saying('x'),
    });
  for (let priority = 1; priority <= 100; priority++) {
    await clock.advance(1_000);
    await rule(priority);
  }
  await expect(rule(101)).rejects.toMatchObject({ name: 'TooManyRulesException' });
});

test('L15: a load balancer has room for 100 target groups', async () => {
  const { clock } = world.aws;
  const arns: string[] = [];
  for (let i = 0; i <= 100; i++) {
    await clock.advance(1_000);
    arns.push(await aTargetGroup(world, { name: `many-${i}` }));
  }
  const forward = (from: number) =>
    create({
      LoadBalancerArn: many.arn,
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: { TargetGroups: arns.slice(from, from + 5).map((TargetGroupArn) => ({ TargetGroupArn })) },
        },
      ],
    });
  const many = await aLoadBalancer(world, { Name: 'many', active: false });
  for (let from = 0; from < 100; from += 5) {
    await clock.advance(1_000);
    await forward(from);
  }
  await expect(forward(100)).rejects.toMatchObject({
    name: 'TooManyUniqueTargetGroupsPerLoadBalancerException',
  });
});
