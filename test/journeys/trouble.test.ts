import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';
const HOUR = 3_600_000;

describe('when something is in the way', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('delegation late: the site waits for days and says what to enter where', async () => {
    nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
    await nameplate.begin(SHOP);
    const waiting = await nameplate.waitsIn(SHOP, 'CheckDelegation');
    for (const server of waiting.nameServers ?? []) expect(waiting.waiting[0]?.for).toContain(server);
    await nameplate.aws.clock.advance(3 * 24 * HOUR);
    expect((await nameplate.show(SHOP)).state).toBe('pending');
    nameplate.aws.registrar.delegate(SHOP, waiting.nameServers ?? []);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('L13: an unhealthy instance fails the site with the reason, and no traffic moves', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
    const site = await nameplate.onboard(SHOP, { onFailure: 'hold' });
    expect(site.state).toBe('held');
    expect(site.reason).toMatchObject({ step: 'AwaitLoadBalancer', message: expect.stringContaining('500') });
    expect((await nameplate.records(SHOP)).map(({ Type }) => Type)).not.toContain('A');
  });

  test('C2: a web server that sees no https behind the load balancer stops the site before traffic moves', async () => {
    nameplate = await Nameplate.boot();
    const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
    web.insist({ https: 'always' });
    const site = await nameplate.onboard(SHOP, { onFailure: 'hold' });
    expect(site.reason).toMatchObject({ step: 'Preflight', message: expect.stringContaining('X-Forwarded-Proto') });
    expect((await nameplate.records(SHOP)).map(({ Type }) => Type)).not.toContain('A');
    web.insist({ https: 'forwarded' });
    expect((await nameplate.act(SHOP, 'resume')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('C2: a web server that answers its name and not its address is told apart', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.ec2.web(nameplate.world.instanceId).insist({ hosts: [SHOP] });
    const site = await nameplate.onboard(SHOP, { onFailure: 'hold' });
    expect(site.reason).toMatchObject({
      step: 'AwaitLoadBalancer',
      message: expect.stringContaining(`answers "/" with 200 under "${SHOP}", and not under its own address`),
    });
  });

  test('C5: what another tool removes while the load balancer is awaited is restored', async () => {
    nameplate = await Nameplate.boot();
    await nameplate.begin(SHOP, { onFailure: 'hold' });
    await nameplate.waitsIn(SHOP, 'AwaitLoadBalancer');
    await removeEdge(nameplate);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    expect(JSON.stringify((await nameplate.show(SHOP)).timeline)).toContain('The listener on port 80 is missing');
  });

  test.each([
    ['CreateLoadBalancer', 'elasticloadbalancing', 'CreateLoadBalancer'],
    ['Record', 'route53', 'ChangeResourceRecordSets'],
    ['RequestCertificate', 'acm', 'RequestCertificate'],
  ])(
    'W7: a worker killed in %s between effect and outcome is followed by another, and nothing is made twice',
    async (state, service, operation) => {
      nameplate = await Nameplate.boot();
      const killed = killAfterEffect(nameplate, { state, service, operation });
      const site = await nameplate.onboard(SHOP);
      expect(await killed).toBe(1);
      expect(site.state).toBe('live');
      const { LoadBalancers } = await nameplate.ask<{ LoadBalancers?: object[] }>(
        'elasticloadbalancing',
        'DescribeLoadBalancers',
      );
      const { CertificateSummaryList } = await nameplate.ask<{ CertificateSummaryList?: object[] }>(
        'acm',
        'ListCertificates',
      );
      expect([LoadBalancers?.length, CertificateSummaryList?.length]).toEqual([1, 1]);
      expect(JSON.stringify(await nameplate.records(SHOP))).toContain('generation=1');
    },
  );

  test('somebody stops its execution in the console: the site is held, says so, and resumes', async () => {
    nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
    await nameplate.begin(SHOP);
    const { nameServers = [] } = await nameplate.waitsIn(SHOP, 'CheckDelegation');
    const [executionArn] = nameplate.aws.states.running();
    await nameplate.ask('states', 'StopExecution', { executionArn });
    await nameplate.aws.clock.until(async () => (await nameplate.show(SHOP)).state !== 'pending');
    expect(await nameplate.show(SHOP)).toMatchObject({
      state: 'held',
      reason: { step: 'CheckDelegation', message: expect.stringContaining('Its execution was stopped') },
    });
    nameplate.aws.registrar.delegate(SHOP, nameServers);
    expect((await nameplate.act(SHOP, 'resume')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('a permission that is missing is denied and named', async () => {
    nameplate = await Nameplate.boot({ without: 'acm:RequestCertificate' });
    const site = await nameplate.onboard(SHOP);
    expect(site.state).toBe('undone');
    expect(site.reason).toMatchObject({
      step: 'RequestCertificate',
      error: 'Refused',
      message: expect.stringContaining('acm:RequestCertificate'),
    });
  });

  test('R6: a foreign record is named and left as it is', async () => {
    nameplate = await Nameplate.boot();
    await nameplate.ask('route53', 'CreateHostedZone', { Name: 'example.test', CallerReference: 'theirs' });
    await nameplate.aws.clock.advance(120_000);
    const { HostedZones = [] } = await nameplate.ask<{ HostedZones?: { Id: string }[] }>('route53', 'ListHostedZones');
    const theirs = { Name: SHOP, Type: 'A', TTL: 300, ResourceRecords: [{ Value: '203.0.113.200' }] };
    await nameplate.ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: HostedZones[0]?.Id,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: theirs }] },
    });
    await nameplate.aws.clock.advance(60_000);
    const before = await nameplate.records('example.test');
    const refused = await nameplate.post(nameplate.document(SHOP));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      type: 'urn:nameplate:problem:in-the-way',
      errors: [{ detail: expect.stringContaining('203.0.113.200') }],
    });
    expect(await nameplate.records('example.test')).toEqual(before);
  });

  test('A5: C9: a CAA record that shuts Amazon out keeps a request from beginning, and is named with its fix', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.registrar.setRecords('example.test', {
      type: 'CAA',
      ttlSeconds: 300,
      data: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }],
    });
    const mark = nameplate.aws.calls.mark();
    const refused = await nameplate.post(nameplate.document(SHOP));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      type: 'urn:nameplate:problem:to-be-mended',
      errors: [{ pointer: '#/domain', detail: expect.stringContaining('Add the record example.test CAA 0 issue') }],
    });
    expect(nameplate.mutatingCalls(mark).filter((call) => !call.startsWith('dynamodb:'))).toEqual([]);
    nameplate.aws.registrar.removeRecords('example.test', 'CAA');
    expect((await nameplate.onboard(SHOP)).state).toBe('live');
  });

  test('W11: lost answers of the ledger let nobody else have the name', async () => {
    nameplate = await Nameplate.boot();
    // The first two writes claim the names, the third is the site.
    nameplate.aws.faults.add({ service: 'dynamodb', operation: 'PutItem', kind: 'reset-after', at: 3 });
    const [www, direct] = [`www.${SHOP}`, { edge: 'direct' }];
    expect((await nameplate.post(nameplate.document(SHOP, { ...direct, aliases: [www] }))).status).toBe(202);
    expect((await nameplate.post(nameplate.document(www, direct))).status).toBe(409);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('a held site can be declared again, and goes on from what stands', async () => {
    nameplate = await Nameplate.boot();
    const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
    web.fail(503);
    expect((await nameplate.onboard(SHOP, { onFailure: 'hold' })).state).toBe('held');
    web.fail(undefined);
    const site = await nameplate.onboard(SHOP);
    expect([site.state, site.revision]).toEqual(['live', 2]);
    const certificates = nameplate.aws.calls.since().filter(({ operation }) => operation === 'RequestCertificate');
    expect(certificates).toHaveLength(1);
  });
});

/** Deletes the listener on port 80, and closes the load balancer's security group. */
async function removeEdge({ ask }: Nameplate): Promise<void> {
  const { LoadBalancers: [loadBalancer] = [] } = await ask<{
    LoadBalancers?: { LoadBalancerArn: string; SecurityGroups: string[] }[];
  }>('elasticloadbalancing', 'DescribeLoadBalancers');
  const { LoadBalancerArn, SecurityGroups: [GroupId] = [] } = loadBalancer ?? {};
  const { Listeners = [] } = await ask<{ Listeners?: { ListenerArn: string; Port: number }[] }>(
    'elasticloadbalancing',
    'DescribeListeners',
    { LoadBalancerArn },
  );
  const { ListenerArn } = Listeners.find(({ Port }) => Port === 80) ?? {};
  await ask('elasticloadbalancing', 'DeleteListener', { ListenerArn });
  const { SecurityGroups: [group] = [] } = await ask<{ SecurityGroups?: { IpPermissions: object[] }[] }>(
    'ec2',
    'DescribeSecurityGroups',
    { GroupIds: [GroupId] },
  );
  await ask('ec2', 'RevokeSecurityGroupIngress', { GroupId, IpPermissions: group?.IpPermissions });
}

/** Kills the state's worker as soon as its operation has taken effect. Says how many invocations that ended. */
async function killAfterEffect(
  { aws, ask }: Nameplate,
  { state, service, operation }: { state: string; service: string; operation: string },
): Promise<number> {
  const by = ({ principal, ...call }: { principal: string; service: string; operation: string }): boolean =>
    call.service === service && call.operation === operation && principal.includes(state);
  while (!aws.calls.since().some(by)) await new Promise((turn) => setImmediate(turn));
  const { Functions = [] } = await ask<{ Functions?: { FunctionName: string }[] }>('lambda', 'ListFunctions', {
    MaxItems: 50,
  });
  const { FunctionName = '' } = Functions.find(({ FunctionName }) => FunctionName.includes(`-${state}`)) ?? {};
  return aws.lambda.kill(FunctionName);
}

test('with one call in twenty failing, before its effect or after it, the site goes live all the same', async () => {
  for (const seed of [1, 2]) {
    const nameplate = await Nameplate.boot({ seed, unluckyShare: 0.05 });
    try {
      expect(await nameplate.onboard(SHOP, { directName: `direct.${SHOP}` })).toMatchObject({ state: 'live' });
      expect(nameplate.aws.calls.since().filter(({ error }) => error === 'InternalFailure').length).toBeGreaterThan(0);
    } finally {
      await nameplate.close();
    }
  }
});
