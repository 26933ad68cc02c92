import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PlanView } from '../../../domain/plans/view.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const apply = (nameplate: Nameplate, document: object, { id, checksum }: PlanView) =>
  nameplate.post({ ...document, plan: { id, checksum } });

const verbs = ({ changes }: PlanView) => [...new Set(changes.map(({ verb }) => verb))];
const created = ({ changes }: PlanView, type: string) =>
  changes
    .filter(({ verb, resource }) => verb === 'create' && resource.type === type)
    .map(({ resource }) => resource.name);

export function plan(boot: SharedBoot): void {
  describe('a plan', () => {
    let nameplate: Nameplate;
    let shop: string;
    let declared: object;
    beforeEach(() => {
      nameplate = boot.nameplate;
      const names = boot.names();
      ({ shop } = names);
      declared = { aliases: [names.www], directName: names.direct };
    });

    test('of names in a zone that does not exist yet lists what is made in order, and makes nothing but itself', async () => {
      const mark = nameplate.aws.calls.mark();
      const made = await nameplate.plan(nameplate.document(shop, declared));
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
      expect(
        calls.filter(({ mutating }) => mutating).map(({ service, operation }) => `${service}:${operation}`),
      ).toEqual(['dynamodb:PutItem']);
      expect(calls.filter(({ mutating }) => !mutating).length).toBeLessThanOrEqual(30);
    });

    test('is what applying it makes, and a plan of the live site keeps everything', async () => {
      const document = nameplate.document(shop, declared);
      const planned = await nameplate.plan(document);
      const answer = await apply(nameplate, document, planned);
      expect(answer.status).toBe(202);
      const site = await nameplate.ended(shop);
      expect(site.state).toBe('live');
      expect(madeTypes(site)).toEqual(TOLD.flatMap((type) => created(planned, type).map(() => type)).sort());
      const records = (await nameplate.records(shop)).filter(({ Type }) => Type !== 'NS' && Type !== 'SOA');
      const standing = records.map(({ Name, Type }) => `${Name?.replace(/\.$/, '')} ${Type}`);
      expect(standing.filter((name) => !name.endsWith(' CNAME')).sort()).toEqual(created(planned, 'record').sort());
      const validation = standing
        .filter((name) => name.endsWith(' CNAME'))
        .map((name) => name.replace(/^_\w+\.(.*) CNAME$/, '$1'));
      expect(validation.sort()).toEqual(created(planned, 'validation record').sort());

      const mark = nameplate.aws.calls.mark();
      const again = await nameplate.plan(document);
      expect(verbs(again)).toEqual(['keep']);
      expect(again).toMatchObject({ waits: [], quotas: [], cost: { monthly: 0 } });
      const reads = nameplate.aws.calls
        .since(mark)
        .filter(({ mutating, service }) => !mutating && service !== 'lambda');
      expect(reads.length).toBeLessThanOrEqual(30);
    });

    test('R6: shows a foreign record as a conflict, as it stands, and is refused when applied', async () => {
      const { zone, shop } = boot.namesInZone();
      await foreignRecord(nameplate, { zone, shop });
      const document = nameplate.document(shop);
      const planned = await nameplate.plan(document);
      expect(planned.changes.filter(({ verb }) => verb === 'conflict')).toEqual([
        {
          verb: 'conflict',
          phase: 'prepare',
          resource: { type: 'record', name: shop },
          before: { records: [{ name: shop, type: 'A', ttlSeconds: 300, values: ['203.0.113.200'] }] },
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
      const { zone, shop } = boot.namesInZone();
      const document = nameplate.document(shop);
      const planned = await nameplate.plan(document);
      await foreignRecord(nameplate, { zone, shop });
      const mark = nameplate.aws.calls.mark();
      const answer = await apply(nameplate, document, planned);
      const problem = (await answer.json()) as { type: string; errors: { detail: string }[] };
      expect([answer.status, problem.type]).toEqual([409, 'urn:nameplate:problem:plan-outdated']);
      const details = problem.errors.map(({ detail }) => detail);
      const detailOf = (name: string) => details.find((detail) => detail.startsWith(`hosted zone ${name}: `));
      expect(detailOf(shop)).toMatch(/: planned create .*, now nothing/);
      expect(detailOf(zone)).toMatch(/: planned nothing, now keep/);
      expect(details).toContainEqual(expect.stringContaining('203.0.113.200'));
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
      const unplanned = await nameplate.post(document);
      expect([unplanned.status, await unplanned.json()]).toEqual([
        409,
        expect.objectContaining({ type: 'urn:nameplate:problem:in-the-way' }),
      ]);
    });

    test('R31: of names that a wildcard answers for says every record that will stand', async () => {
      const { zone, shop } = boot.namesInZone();
      const zoneId = await parentZone(nameplate, zone);
      await putRecord(nameplate, zoneId, { Name: `*.${zone}`, Type: 'A', Value: '203.0.113.200' });
      await putRecord(nameplate, zoneId, { Name: `*.${zone}`, Type: 'TXT', Value: '"v=spf1 -all"' });
      const theirs = await recordsOf(nameplate, zone);
      const document = nameplate.document(shop);
      const planned = await nameplate.plan(document);
      expect(planned.findings.map(({ check }) => check)).toContain('nameServedByWildcard');
      expect((await apply(nameplate, document, planned)).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
      const ours = (await recordsOf(nameplate, zone)).filter(
        (record) => !theirs.includes(record) && !record.endsWith(' CNAME'),
      );
      expect(ours.sort()).toEqual(created(planned, 'record').sort());
      expect(verbs(await nameplate.plan(document))).toEqual(['keep']);
    });

    test('of a site that points straight at its instance is what applying it makes', async () => {
      const document = nameplate.document(shop, {
        edge: 'direct',
        origin: { instance: { id: await anotherInstance(nameplate) } },
      });
      const planned = await nameplate.plan(document);
      expect(planned.changes.map(({ resource }) => resource.type)).toEqual([
        'hosted zone',
        'elastic address',
        'record',
        'record',
      ]);
      expect((await apply(nameplate, document, planned)).status).toBe(202);
      const site = await nameplate.ended(shop);
      expect([site.state, madeTypes(site)]).toEqual(['live', ['elastic address', 'hosted zone']]);
      expect(verbs(await nameplate.plan(document))).toEqual(['keep']);
    });

    test('of a site that is held keeps what stands and creates what is missing', async () => {
      const web = nameplate.aws.ec2.web(nameplate.world.instanceId);
      web.fail(503);
      expect((await nameplate.onboard(shop, { onFailure: 'hold' })).state).toBe('held');
      web.fail(undefined);
      const document = nameplate.document(shop);
      const planned = await nameplate.plan(document);
      const active = planned.changes
        .filter(({ verb }) => verb !== 'keep')
        .map(({ verb, resource }) => `${verb} ${resource.name}`);
      expect(active).toEqual([`create ${shop} A`, `create ${shop} AAAA`, `create _nameplate.${shop} TXT`]);
      expect((await apply(nameplate, document, planned)).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect(verbs(await nameplate.plan(document))).toEqual(['keep']);
    });

    test('B7: of another document, or one that has expired, is refused', async () => {
      const planned = await nameplate.plan(nameplate.document(shop));
      const other = await apply(nameplate, nameplate.document(shop, { http: 'reject' }), planned);
      expect(await other.json()).toMatchObject({
        status: 409,
        errors: [
          { pointer: '#/http', detail: '"http" is "reject" in this document and "redirect" in the planned one' },
        ],
      });
      await nameplate.aws.clock.advance(16 * 60_000);
      const late = await apply(nameplate, nameplate.document(shop), planned);
      expect(await late.json()).toMatchObject({ status: 409, type: 'urn:nameplate:problem:plan-gone' });
    });

    test('A5: says which CAA record to add before anything is asked of ACM', async () => {
      nameplate.aws.registrar.setRecords('example.test', {
        type: 'CAA',
        ttlSeconds: 300,
        data: [{ flags: 0, tag: 'issue', value: 'letsencrypt.org' }],
      });
      const { findings } = await nameplate.plan(nameplate.document(shop));
      nameplate.aws.registrar.removeRecords('example.test', 'CAA');
      expect(findings[0]).toMatchObject({
        severity: 'error',
        check: 'authorityNotAllowed',
        message: expect.stringContaining('Add the record example.test CAA 0 issue "amazon.com"'),
      });
    });
  });
}

/** A zone of the parent with a record that somebody else made where the shop's are to stand. */
async function foreignRecord(nameplate: Nameplate, { zone, shop }: { zone: string; shop: string }): Promise<void> {
  await putRecord(nameplate, await parentZone(nameplate, zone), { Name: shop, Type: 'A', Value: '203.0.113.200' });
}

/** A zone of the account, which the registrar delegates to; gives its id. */
async function parentZone({ ask, aws }: Nameplate, Name: string): Promise<string> {
  const { HostedZone } = await ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
    Name,
    CallerReference: Name,
  });
  await aws.clock.advance(120_000);
  return HostedZone.Id;
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

/** "shop.example.test A" for every record of the zone. */
async function recordsOf(nameplate: Nameplate, zone: string): Promise<string[]> {
  const records = await nameplate.records(zone);
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
