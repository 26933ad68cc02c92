import { afterEach, describe, expect, test } from '@jest/globals';
import type { PlanView } from '../../domain/plans/view.ts';
import { Nameplate, type Shown } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const DIRECT = 'direct.shop.example.test';
const declared = { aliases: [WWW], directName: DIRECT };

const post = (nameplate: Nameplate, path: string, body: object) =>
  fetch(`${nameplate.aws.apiUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function plan(nameplate: Nameplate, document: object): Promise<PlanView> {
  const response = await post(nameplate, '/v1/plans', document);
  if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as PlanView;
}

const apply = (nameplate: Nameplate, document: object, { id, checksum }: PlanView) =>
  post(nameplate, '/v1/sites', { ...document, plan: { id, checksum } });

const verbs = ({ changes }: PlanView) => [...new Set(changes.map(({ verb }) => verb))];
const created = ({ changes }: PlanView, type: string) =>
  changes
    .filter(({ verb, resource }) => verb === 'create' && resource.type === type)
    .map(({ resource }) => resource.name);

describe('a plan', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('of an empty world lists what is made in order, and makes nothing but itself', async () => {
    nameplate = await Nameplate.boot();
    const mark = nameplate.aws.calls.mark();
    const made = await plan(nameplate, nameplate.document(SHOP, declared));
    expect(verbs(made)).toEqual(['create']);
    const types = made.changes.map(({ resource }) => resource.type);
    expect(types.filter((type, place) => types.indexOf(type) === place)).toEqual([
      'hosted zone',
      'certificate',
      'validation record',
      'security group',
      'security group rule',
      'load balancer',
      'target group',
      'target',
      'listener',
      'elastic address',
      'record',
    ]);
    expect(made.waits.map((wait) => wait.for)).toEqual(['delegation', 'certificate', 'load balancer', 'records']);
    expect(made.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(made.cost.monthly).toBeCloseTo(0.5 + 16.43 + 7.3 + 3.65, 2);
    const calls = nameplate.aws.calls.since(mark).filter(({ service }) => service !== 'lambda');
    expect(calls.filter(({ mutating }) => mutating).map(({ service, operation }) => `${service}:${operation}`)).toEqual(
      ['dynamodb:PutItem'],
    );
    expect(calls.filter(({ mutating }) => !mutating).length).toBeLessThanOrEqual(30);
  });

  test('is what applying it makes, and a plan of the live site keeps everything', async () => {
    nameplate = await Nameplate.boot();
    const document = nameplate.document(SHOP, declared);
    const planned = await plan(nameplate, document);
    const answer = await apply(nameplate, document, planned);
    expect(answer.status).toBe(202);
    const site = await nameplate.ended(SHOP);
    expect(site.state).toBe('live');
    expect(madeTypes(site)).toEqual(TOLD.flatMap((type) => created(planned, type).map(() => type)).sort());
    const records = (await nameplate.records(SHOP)).filter(({ Type }) => Type !== 'NS' && Type !== 'SOA');
    const standing = records.map(({ Name, Type }) => `${Name?.replace(/\.$/, '')} ${Type}`);
    expect(standing.filter((name) => !name.endsWith(' CNAME')).sort()).toEqual(created(planned, 'record').sort());
    const validation = standing
      .filter((name) => name.endsWith(' CNAME'))
      .map((name) => name.replace(/^_\w+\.(.*) CNAME$/, '$1'));
    expect(validation.sort()).toEqual(created(planned, 'validation record').sort());

    const mark = nameplate.aws.calls.mark();
    const again = await plan(nameplate, document);
    expect(verbs(again)).toEqual(['keep']);
    expect(again).toMatchObject({ waits: [], quotas: [], cost: { monthly: 0 } });
    const reads = nameplate.aws.calls.since(mark).filter(({ mutating, service }) => !mutating && service !== 'lambda');
    expect(reads.length).toBeLessThanOrEqual(30);
  });

  test('R6: shows a foreign record as a conflict, as it stands, and is refused when applied', async () => {
    nameplate = await Nameplate.boot();
    await foreignRecord(nameplate);
    const document = nameplate.document(SHOP);
    const planned = await plan(nameplate, document);
    expect(planned.changes.filter(({ verb }) => verb === 'conflict')).toEqual([
      {
        verb: 'conflict',
        phase: 'prepare',
        resource: { type: 'record', name: SHOP },
        before: { records: [{ name: SHOP, type: 'A', ttlSeconds: 300, values: ['203.0.113.200'] }] },
        message: expect.stringContaining('203.0.113.200'),
      },
    ]);
    expect(planned.findings[0]).toMatchObject({ severity: 'error', check: 'recordInTheWay' });
    const mark = nameplate.aws.calls.mark();
    const answer = await apply(nameplate, document, planned);
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({ type: 'urn:nameplate:problem:plan-conflicts' }),
    ]);
    expect(nameplate.mutatingCalls(mark)).toEqual([]);
  });

  test('is refused when the world has changed since, naming what, and makes nothing', async () => {
    nameplate = await Nameplate.boot();
    const document = nameplate.document(SHOP);
    const planned = await plan(nameplate, document);
    await foreignRecord(nameplate);
    const mark = nameplate.aws.calls.mark();
    const answer = await apply(nameplate, document, planned);
    const problem = (await answer.json()) as { type: string; errors: { detail: string }[] };
    expect([answer.status, problem.type]).toEqual([409, 'urn:nameplate:problem:plan-outdated']);
    const details = problem.errors.map(({ detail }) => detail);
    expect(details).toContainEqual(
      expect.stringMatching(/^hosted zone shop\.example\.test: planned create .*, now nothing/),
    );
    expect(details).toContainEqual(expect.stringMatching(/^hosted zone example\.test: planned nothing, now keep/));
    expect(details).toContainEqual(expect.stringContaining('203.0.113.200'));
    expect(nameplate.mutatingCalls(mark)).toEqual([]);
    const unplanned = await post(nameplate, '/v1/sites', document);
    expect([unplanned.status, await unplanned.json()]).toEqual([
      409,
      expect.objectContaining({ type: 'urn:nameplate:problem:in-the-way' }),
    ]);
  });

  test('R31: of names that a wildcard answers for says every record that will stand', async () => {
    nameplate = await Nameplate.boot();
    const zone = await parentZone(nameplate);
    await putRecord(nameplate, zone, { Name: '*.example.test', Type: 'A', Value: '203.0.113.200' });
    await putRecord(nameplate, zone, { Name: '*.example.test', Type: 'TXT', Value: '"v=spf1 -all"' });
    const theirs = await recordsOf(nameplate);
    const document = nameplate.document(SHOP);
    const planned = await plan(nameplate, document);
    expect(planned.findings.map(({ check }) => check)).toContain('nameServedByWildcard');
    expect((await apply(nameplate, document, planned)).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    const ours = (await recordsOf(nameplate)).filter(
      (record) => !theirs.includes(record) && !record.endsWith(' CNAME'),
    );
    expect(ours.sort()).toEqual(created(planned, 'record').sort());
    expect(verbs(await plan(nameplate, document))).toEqual(['keep']);
  });

  test('of a site that points straight at its instance is what applying it makes', async () => {
    nameplate = await Nameplate.boot();
    const document = nameplate.document(SHOP, { edge: 'direct' });
    const planned = await plan(nameplate, document);
    expect(planned.changes.map(({ resource }) => resource.type)).toEqual([
      'hosted zone',
      'elastic address',
      'record',
      'record',
    ]);
    expect((await apply(nameplate, document, planned)).status).toBe(202);
    const site = await nameplate.ended(SHOP);
    expect([site.state, madeTypes(site)]).toEqual(['live', ['elastic address', 'hosted zone']]);
    expect(verbs(await plan(nameplate, document))).toEqual(['keep']);
  });

  test('of a site that is held keeps what stands and creates what is missing', async () => {
    nameplate = await Nameplate.boot();
    const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
    web.fail(503);
    expect((await nameplate.onboard(SHOP, { onFailure: 'hold' })).state).toBe('held');
    web.fail(undefined);
    const document = nameplate.document(SHOP);
    const planned = await plan(nameplate, document);
    const active = planned.changes
      .filter(({ verb }) => verb !== 'keep')
      .map(({ verb, resource }) => `${verb} ${resource.name}`);
    expect(active).toEqual([`create ${SHOP} A`, `create ${SHOP} AAAA`, `create _nameplate.${SHOP} TXT`]);
    expect((await apply(nameplate, document, planned)).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    expect(verbs(await plan(nameplate, document))).toEqual(['keep']);
  });

  test('B7: of another document, or one that has expired, is refused', async () => {
    nameplate = await Nameplate.boot();
    const planned = await plan(nameplate, nameplate.document(SHOP));
    const other = await apply(nameplate, nameplate.document(SHOP, { http: 'reject' }), planned);
    expect(await other.json()).toMatchObject({
      status: 409,
      errors: [{ pointer: '#/http', detail: '"http" is "reject" in this document and "redirect" in the planned one' }],
    });
    await nameplate.aws.clock.advance(16 * 60_000);
    const late = await apply(nameplate, nameplate.document(SHOP), planned);
    expect(await late.json()).toMatchObject({ status: 409, type: 'urn:nameplate:problem:plan-gone' });
  });

  test('A5: says which CAA record to add before anything is asked of ACM', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.registrar.setRecords('example.test', {
      type: 'CAA',
      ttlSeconds: 300,
      data: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }],
    });
    const { findings } = await plan(nameplate, nameplate.document(SHOP));
    expect(findings[0]).toMatchObject({
      severity: 'error',
      check: 'authorityNotAllowed',
      message: expect.stringContaining('Add the record example.test CAA 0 issue "amazon.com"'),
    });
  });
});

/** A zone of the parent with a record that somebody else made where the shop's are to stand. */
async function foreignRecord(nameplate: Nameplate): Promise<void> {
  await putRecord(nameplate, await parentZone(nameplate), { Name: SHOP, Type: 'A', Value: '203.0.113.200' });
}

/** The zone "example.test" of the account; gives its id. */
async function parentZone({ ask, aws }: Nameplate): Promise<string> {
  await ask('route53', 'CreateHostedZone', { Name: 'example.test', CallerReference: 'theirs' });
  await aws.clock.advance(120_000);
  const { HostedZones = [] } = await ask<{ HostedZones?: { Id: string }[] }>('route53', 'ListHostedZones');
  return HostedZones[0]?.Id ?? '';
}

async function putRecord(
  { ask, aws }: Nameplate,
  HostedZoneId: string,
  { Name, Type, Value }: { Name: string; Type: string; Value: string },
): Promise<void> {
  const set = { Name, Type, TTL: 300, ResourceRecords: [{ Value }] };
  const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet: set }] };
  await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch });
  await aws.clock.advance(60_000);
}

/** "shop.example.test A" for every record of the parent's zone. */
async function recordsOf(nameplate: Nameplate): Promise<string[]> {
  const records = await nameplate.records('example.test');
  return records.map(({ Name, Type }) => `${Name?.replace(/\.$/, '')} ${Type}`);
}

/** The kinds of thing that the steps tell of one by one; their rules and records are compared as they stand. */
const TOLD = [
  'hosted zone',
  'certificate',
  'security group',
  'load balancer',
  'target group',
  'listener',
  'elastic address',
];

/** What the steps say is ours, by its kind. */
function madeTypes({ steps }: Shown): string[] {
  const made = steps.flatMap((step) => step.made).filter(({ type, ours }) => ours && TOLD.includes(type));
  return made.map(({ type }) => type).sort();
}
