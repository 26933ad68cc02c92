import {
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { claimName } from '../../../aws/ledger/claim-name.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { handler } from '../../../functions/sites/create-site.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { anOpenAcl } from '../../support/network.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const route53 = mockClient(Route53Client);
const states = mockClient(SFNClient);

const domain = 'shop.example.test';
const document = {
  domain,
  aliases: ['www.shop.example.test'],
  origin: { instance: { id: 'i-0123456789abcdef0' } },
  directName: 'direct.shop.example.test',
};
const chosen = ['subnet-0000000a', 'subnet-0000000b'];

/** The world as it should be: an instance that runs, public subnets in two zones, the zone of the parent. */
beforeEach(() => {
  for (const mock of [ec2, route53, states]) mock.reset();
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
  route53.on(ListHostedZonesCommand).resolves({
    HostedZones: [{ Id: '/hostedzone/Z1', Name: 'example.test.', CallerReference: 'r' }],
    IsTruncated: false,
  } as never);
  states.on(StartExecutionCommand).resolves({});
  executionIs('RUNNING');
});

function instanceIs(state: 'running' | 'stopped'): void {
  const instance = {
    InstanceId: 'i-0123456789abcdef0',
    State: { Name: state },
    VpcId: 'vpc-1',
    SubnetId: 'subnet-0000000a',
    PrivateIpAddress: '10.0.0.4',
    Placement: { AvailabilityZone: 'us-east-1a' },
  };
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [instance] }] });
}

function executionIs(status: 'RUNNING' | 'ABORTED' | 'SUCCEEDED' | 'missing'): void {
  const describing = states.on(DescribeExecutionCommand);
  if (status === 'missing') describing.rejects(new ExecutionDoesNotExist({ message: 'None', $metadata: {} }));
  else describing.resolves({ status });
}

async function post(body: unknown = document, given: Parameters<typeof aRequest>[0] = {}) {
  const answer = await handler(aRequest({ method: 'POST', body, ...given }), { awsRequestId: 'lambda-1' } as never);
  return { ...answer, status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
}

const withKey = (key = 'key-1', more: object = {}) => ({ headers: { 'idempotency-key': key }, ...more });
const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
/** Claims with an owner, sites, steps, …; what stands under the names above is left out. */
const kinds = async () =>
  (await ledger.everything())
    .filter(({ pk, sk, domain: owner }) => !String(pk).startsWith('NAME#') || (sk === 'CLAIM' && owner !== undefined))
    .map(({ pk, sk }) => `${pk} ${String(sk).split('#')[0]}`);

describe('POST /v1/sites', () => {
  test('answers 202 with the site and where to watch it', async () => {
    const { status, headers, json } = await post();
    expect(status).toBe(202);
    expect(headers).toMatchObject({ location: '/v1/sites/shop.example.test', 'content-type': 'application/json' });
    expect(json).toMatchObject({
      domain,
      state: 'pending',
      revision: 1,
      site: aSite({ directName: 'direct.shop.example.test', subnets: chosen }),
      steps: [],
      waiting: [],
      timeline: [{ message: 'Declared shop.example.test, behind a load balancer, in front of i-0123456789abcdef0' }],
    });
  });

  test('claims every name, writes the site and starts its workflow under a derived name', async () => {
    await post();
    expect(await kinds()).toEqual([
      'NAME#direct.shop.example.test CLAIM',
      'NAME#shop.example.test CLAIM',
      'NAME#www.shop.example.test CLAIM',
      'SITE#shop.example.test EVENT',
      'SITE#shop.example.test SITE',
    ]);
    expect(started()).toEqual([
      {
        stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Onboard',
        name: 'shop_example_test-r1-onboard',
        input: '{"domain":"shop.example.test","revision":1}',
      },
    ]);
  });

  test('keeps a U-label as an A-label', async () => {
    const { headers, json } = await post({
      ...document,
      domain: 'bücher.example.test',
      aliases: [],
      directName: undefined,
    });
    expect(headers?.['location']).toBe('/v1/sites/xn--bcher-kva.example.test');
    expect(json).toMatchObject({ domain: 'xn--bcher-kva.example.test', displayName: 'bücher.example.test' });
  });

  test('needs no subnets for the direct edge', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [] });
    const { status, json } = await post({ ...document, edge: 'direct' });
    expect(status).toBe(202);
    expect(json.site).not.toHaveProperty('subnets');
  });

  test('reads the body whatever its content type and encoding', async () => {
    expect((await post(document, { base64: true, headers: { 'content-type': 'text/plain' } })).status).toBe(202);
  });
});

describe('POST /v1/sites refuses', () => {
  /** Nothing was made: not in the ledger, not in AWS. */
  async function nothingMade(): Promise<void> {
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
  }

  test.each([
    ['', 'it is empty'],
    ['{"domain": }', '"}" is not expected at line 1, column 12'],
    ['{"domain": "shop.example.test",\n "aliases": [}', '"}" is not expected at line 2, column 14'],
    ['{"domain":\n"shop', 'at line 2, column 1'],
    ['domain=shop.example.test', '"d" is not expected at line 1, column 1'],
  ])('what is not JSON, and says where: %j', async (body, detail) => {
    const { status, headers, json } = await post(body);
    expect(status).toBe(400);
    expect(headers?.['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({ type: 'urn:nameplate:problem:not-json', status: 400 });
    expect(json.detail).toContain(detail);
    await nothingMade();
  });

  test('S11: a body of more than 32 KiB', async () => {
    const sized = (bytes: number) => JSON.stringify(document).padEnd(bytes, ' ');
    expect((await post(sized(32 * 1024 + 1))).status).toBe(413);
    await nothingMade();
    expect((await post(sized(32 * 1024))).status).toBe(202);
  });

  test('every field that is wrong by itself, at once', async () => {
    const { status, json } = await post({
      domain: 'co.uk',
      aliases: ['127.1'],
      origin: { instance: { id: 'x' } },
      colour: 1,
    });
    expect(status).toBe(422);
    expect(json.type).toBe('urn:nameplate:problem:invalid-site');
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/domain',
      '#/aliases/0',
      '#/origin/instance/id',
      '#/colour',
    ]);
    expect(ec2.calls()).toEqual([]);
    await nothingMade();
  });

  test('everything that the world says against it, at once', async () => {
    instanceIs('stopped');
    const { status, json } = await post({ ...document, aliases: ['www.elsewhere.test'] });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      { pointer: '#/aliases/0', detail: expect.stringMatching(/no public hosted zone for it/) },
      { pointer: '#/origin/instance/id', detail: expect.stringMatching(/it is "stopped"; start it/) },
    ]);
    await nothingMade();
  });

  test('an instance that does not exist', async () => {
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    const { json } = await post();
    expect(json.errors).toEqual([
      {
        pointer: '#/origin/instance/id',
        detail: 'Cannot find the instance "i-0123456789abcdef0" in this account and region; check the id',
      },
    ]);
    await nothingMade();
  });

  test('L8: subnets of another VPC than the instance', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({
      Subnets: chosen.map((SubnetId, n) => ({
        SubnetId,
        VpcId: 'vpc-2',
        AvailabilityZone: `us-east-1${n}`,
        AvailableIpAddressCount: 99,
      })),
    });
    const { status, json } = await post({ ...document, subnets: chosen });
    expect(status).toBe(422);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['#/subnets/0', '#/subnets/1']);
    await nothingMade();
  });

  test('L8: a VPC without public subnets in two zones', async () => {
    ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [] });
    const { json } = await post();
    expect(json.errors).toEqual([{ pointer: '#/subnets', detail: expect.stringMatching(/public subnets/) }]);
    await nothingMade();
  });

  test('S14: anything while all changes are stopped, and writes nothing', async () => {
    ledger.killSwitch('stopped');
    const { status, json } = await post();
    expect([status, json.type]).toEqual([503, 'urn:nameplate:problem:changes-stopped']);
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
    ledger.killSwitch('allowed');
    expect((await post()).status).toBe(202);
  });

  test('an instance that a network ACL keeps the load balancer from', async () => {
    const { Entries = [], ...acl } = anOpenAcl(...chosen);
    const refusing = { Egress: false, RuleNumber: 50, RuleAction: 'deny' as const, Protocol: '6' };
    const rule = { ...refusing, CidrBlock: '10.0.1.0/24', PortRange: { From: 80, To: 80 } };
    ec2.on(DescribeNetworkAclsCommand).resolves({ NetworkAcls: [{ ...acl, Entries: [rule, ...Entries] }] });
    const { status, json } = await post();
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      {
        pointer: '#/origin/instance',
        detail: expect.stringMatching(
          /the inbound rule 50 of the network ACL "acl-1" denies TCP 80 from 10\.0\.1\.0\/24/,
        ),
      },
    ]);
    await nothingMade();
  });

  test('S2: names of another site, and claims none of the others', async () => {
    const blog = aSite({ domain: 'blog.example.test', aliases: ['www.shop.example.test', 'direct.shop.example.test'] });
    await writeSite(ledger, aSettledSiteItem({ site: blog }), { over: undefined });
    const claim = { domain: 'blog.example.test', request: 'request-0', claimedAt: '2026-11-22T12:00:00.000Z' };
    for (const name of blog.aliases) await claimName(ledger, { name, ...claim });
    const before = await ledger.everything();
    const { status, json } = await post();
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:name-taken',
      detail:
        'Cannot claim "www.shop.example.test": it belongs to the site "blog.example.test"; leave it out here or there',
      errors: [{ pointer: '#/aliases/0' }, { pointer: '#/directName' }],
    });
    expect(await ledger.everything()).toEqual(before);
    expect(started()).toEqual([]);
  });

  test('a partial view of the zones, without judging by it', async () => {
    route53
      .on(ListHostedZonesCommand)
      .rejects(Object.assign(new Error('Rate exceeded'), { name: 'Throttling', $metadata: {} }));
    const { status, headers, json } = await post();
    expect(status).toBe(503);
    expect(headers?.['retry-after']).toBe('5');
    expect(json.type).toBe('urn:nameplate:problem:busy');
    await nothingMade();
  });

  test('what its role may not ask, naming the action', async () => {
    const message = 'You are not authorized to perform this operation: ec2:DescribeInstances';
    ec2
      .on(DescribeInstancesCommand)
      .rejects(Object.assign(new Error(message), { name: 'UnauthorizedOperation', $metadata: {} }));
    const { status, json } = await post();
    expect(status).toBe(500);
    expect(json.detail).toContain('ec2:DescribeInstances');
  });

  test('with no word of its insides when something breaks', async () => {
    ec2.on(DescribeInstancesCommand).rejects(new TypeError('undefined is not a function'));
    const { status, json } = await post();
    expect(status).toBe(500);
    expect(json.detail).toBe('Cannot answer the request: see the log of request "lambda-1"');
  });
});

describe('POST /v1/sites for a site that stands', () => {
  test('answers 409 with its Location when it is live', async () => {
    await writeSite(ledger, aSettledSiteItem({ state: 'live' }), { over: undefined });
    const before = await ledger.everything();
    const { status, headers, json } = await post();
    expect(status).toBe(409);
    expect(headers?.['location']).toBe('/v1/sites/shop.example.test');
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:site-exists',
      detail: expect.stringContaining('"live"'),
    });
    expect(await ledger.everything()).toEqual(before);
  });

  test('answers 409 with its Location when an operation runs', async () => {
    await post();
    const before = await ledger.everything();
    const { status, headers, json } = await post();
    expect(status).toBe(409);
    expect(headers?.['location']).toBe('/v1/sites/shop.example.test');
    expect(json.type).toBe('urn:nameplate:problem:operation-running');
    expect(await ledger.everything()).toEqual(before);
    expect(started()).toHaveLength(1);
  });

  test.each([
    ['failed', 'change'],
    ['held', 'change'],
    ['undone', 'onboard'],
  ] as const)('starts a new revision of one that is %s', async (state, operation) => {
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'A foreign record is in the way' } as const;
    await writeSite(ledger, aSettledSiteItem({ state, reason }), { over: undefined });
    const { status, json } = await post();
    expect(status).toBe(202);
    expect(json).toMatchObject({ state: 'pending', revision: 2 });
    expect(json.createdAt === '2026-11-22T12:00:00.000Z').toBe(state !== 'undone');
    expect(json).not.toHaveProperty('reason');
    expect(started()).toMatchObject([{ name: `shop_example_test-r2-${operation}` }]);
  });

  test('keeps the names that a new revision no longer declares until what was made for them is gone', async () => {
    await post();
    const item = await readSiteItem(ledger, domain);
    await writeSite(ledger, aSettledSiteItem({ state: 'failed', site: item?.site ?? aSite() }), { over: item });
    await post({ ...document, aliases: ['new.shop.example.test'], directName: undefined });
    expect((await kinds()).filter((kind) => kind.startsWith('NAME'))).toEqual([
      'NAME#direct.shop.example.test CLAIM',
      'NAME#new.shop.example.test CLAIM',
      'NAME#shop.example.test CLAIM',
      'NAME#www.shop.example.test CLAIM',
    ]);
    const former = ['direct.shop.example.test', 'www.shop.example.test'];
    expect(await readSiteItem(ledger, domain)).toMatchObject({ former, operation: { name: 'change' } });
  });

  test('of two at once one is accepted, and the site is as that one declared it', async () => {
    executionIs('missing');
    const ports = [8080, 8081];
    const answers = await Promise.all(
      ports.map((port) => post({ ...document, origin: { instance: { ...document.origin.instance, port } } })),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
    const standing = (await readSiteItem(ledger, domain))?.site.origin.instance.port;
    expect(accepted[0]?.json.site.origin.instance.port).toBe(standing);
    expect((await kinds()).filter((kind) => kind.startsWith('NAME'))).toHaveLength(3);
  });
});

describe('POST /v1/sites for a tenant', () => {
  test('keeps whose site it is, and shows it', async () => {
    const { status, json } = await post({ ...document, tenant: 'acme' });
    expect([status, json.site.tenant]).toEqual([202, 'acme']);
    expect((await readSiteItem(ledger, domain))?.site.tenant).toBe('acme');
  });

  test('S2: refuses to give a site that stands to another, and points at the field', async () => {
    await writeSite(ledger, aSettledSiteItem({ state: 'held', site: aSite({ tenant: 'acme' }) }), { over: undefined });
    const before = await ledger.everything();
    for (const tenant of ['globex', undefined]) {
      const { status, json } = await post({ ...document, tenant });
      expect([status, json.errors]).toMatchObject([422, [{ pointer: '#/tenant' }]]);
      expect(JSON.stringify(json)).not.toContain('acme');
    }
    expect(await ledger.everything()).toEqual(before);
  });

  test('may take a site that was undone', async () => {
    await writeSite(ledger, aSettledSiteItem({ state: 'undone', site: aSite({ tenant: 'acme' }) }), {
      over: undefined,
    });
    expect((await post({ ...document, tenant: 'globex' })).json.site.tenant).toBe('globex');
  });

  test('S2: answers 409 to a name below that of another tenant, and claims nothing', async () => {
    const parent = aSite({ domain: 'example.test', aliases: [], tenant: 'acme' });
    await writeSite(ledger, aSettledSiteItem({ site: parent }), { over: undefined });
    await claimName(ledger, {
      name: 'example.test',
      domain: 'example.test',
      tenant: 'acme',
      request: 'r',
      claimedAt: '2026-01-01',
    });
    const { status, json } = await post({ ...document, tenant: 'globex' });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:name-overlaps']);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/domain',
      '#/aliases/0',
      '#/directName',
    ]);
    expect(json.detail).toContain('"example.test"');
    expect(JSON.stringify(json)).not.toContain('acme');
    expect(await kinds()).toEqual(['NAME#example.test CLAIM', 'SITE#example.test SITE']);
    expect(started()).toEqual([]);
  });
});

describe('POST /v1/sites after a crash', () => {
  test('W7: starts the workflow that was never started, and accepts the same declaration', async () => {
    executionIs('missing');
    states
      .on(StartExecutionCommand)
      .rejectsOnce(Object.assign(new Error('Gone'), { name: 'TimeoutError', $metadata: {} }));
    expect((await post()).status).toBe(503);
    expect(await readSiteItem(ledger, domain)).toMatchObject({ state: 'pending', revision: 1 });
    const before = await ledger.everything();
    expect((await post()).status).toBe(202);
    expect(started()).toHaveLength(2);
    expect(new Set(started().map(({ name }) => name)).size).toBe(1);
    expect(await ledger.everything()).toEqual(before);
  });

  test('starts it for another declaration as well, but does not accept that one', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ subnets: chosen }) }), { over: undefined });
    executionIs('missing');
    expect((await post({ ...document, http: 'reject' })).status).toBe(409);
    expect(started()).toHaveLength(1);
  });

  test('W4: takes an execution of that name for its own', async () => {
    states.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'Exists', $metadata: {} }));
    expect((await post()).status).toBe(202);
  });

  test('takes a site whose workflow was aborted for one that failed', async () => {
    await post();
    executionIs('ABORTED');
    const { status, json } = await post();
    expect(status).toBe(202);
    expect(json.revision).toBe(2);
    expect(started()).toMatchObject([
      { name: 'shop_example_test-r1-onboard' },
      { name: 'shop_example_test-r2-onboard' },
    ]);
  });

  test('takes over a name that was claimed for a site which never came to be', async () => {
    const claim = { name: 'www.shop.example.test', domain: 'ghost.example.test', request: 'request-0' };
    await claimName(ledger, { ...claim, claimedAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect((await post()).status).toBe(202);
  });

  test('leaves a claim alone whose site may be about to be written', async () => {
    const claim = { name: 'www.shop.example.test', domain: 'ghost.example.test', request: 'request-0' };
    await claimName(ledger, { ...claim, claimedAt: new Date().toISOString() });
    expect((await post()).status).toBe(409);
  });
});

describe('POST /v1/sites with an Idempotency-Key', () => {
  test('gives the same answer again and makes nothing', async () => {
    const first = await post(document, withKey());
    const before = await ledger.everything();
    for (const mock of [ec2, route53, states]) mock.resetHistory();
    const second = await post(document, withKey());
    expect([second.status, second.body, second.headers]).toEqual([first.status, first.body, first.headers]);
    expect(await ledger.everything()).toEqual(before);
    expect([...ec2.calls(), ...route53.calls(), ...states.calls()]).toEqual([]);
  });

  test('refuses the key for another body', async () => {
    await post(document, withKey());
    const { status, json } = await post({ ...document, http: 'reject' }, withKey());
    expect(status).toBe(422);
    expect(json.type).toBe('urn:nameplate:problem:key-reused');
  });

  test('refuses a second request while the first is being answered', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      route53.on(ListHostedZonesCommand).callsFake(async () => {
        resolve();
        await gate;
        return { HostedZones: [{ Id: 'Z1', Name: 'example.test.' }], IsTruncated: false };
      });
    });
    const first = post(document, withKey());
    await arrived;
    const second = await post(document, withKey());
    open();
    expect(second.status).toBe(409);
    expect(second.json.type).toBe('urn:nameplate:problem:request-running');
    expect(second.headers?.['retry-after']).toBe('2');
    expect((await first).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  test('may use the key again after a refusal', async () => {
    instanceIs('stopped');
    expect((await post(document, withKey())).status).toBe(422);
    instanceIs('running');
    expect((await post(document, withKey())).status).toBe(202);
  });

  test('W7: takes the operation that stands for its own when the answer was lost', async () => {
    await post(document, withKey());
    const lost = (await ledger.everything()).find(({ pk }) => String(pk).startsWith('REQUEST#'));
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await ledger.documents.send(
      new DeleteCommand({ TableName: ledger.table, Key: { pk: lost?.['pk'], sk: 'REQUEST' } }),
    );
    expect((await post(document, withKey())).status).toBe(202);
    expect(started()).toHaveLength(1);
    expect((await post(document, withKey('key-2'))).status).toBe(409);
  });

  test("keeps one caller's keys from another's, and takes a role's sessions for one", async () => {
    const as = (userArn: string) => withKey('key-1', { userArn });
    const role = 'arn:aws:sts::123456789012:assumed-role/Deployer';
    expect((await post(document, as(`${role}/monday`))).status).toBe(202);
    expect((await post(document, as(`${role}/tuesday`))).status).toBe(202);
    expect((await post(document, as('arn:aws:iam::123456789012:user/somebody'))).status).toBe(409);
  });

  test.each(['', 'two words', 'ключ', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const { status, json } = await post(document, withKey(key));
    expect(status).toBe(400);
    expect(json.type).toBe('urn:nameplate:problem:invalid-parameter');
  });
});

test('S10: no sentence of a refusal repeats a control character', async () => {
  const { body } = await post({ ...document, domain: 'shop\r\n\u001b[31m.test', 'x\n': 1 });
  expect(JSON.parse(body ?? '').errors[0].detail).not.toMatch(/\p{Cc}/u);
});

test('shows in the ledger what the answer showed', async () => {
  const { json } = await post();
  const record = await readSite(ledger, domain, { timeline: true });
  expect(record?.timeline).toEqual(json.timeline);
  expect(record?.item.site).toEqual(json.site);
});
