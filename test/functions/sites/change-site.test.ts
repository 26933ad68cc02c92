import { DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { changeSite } from '../../../functions/sites/change-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { PlannableAccount } from '../../support/plannable-account.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
const { ec2, states } = account;
const handler = changeSite(account.newResolver, account.survey);

const domain = 'shop.example.test';
const subnets = ['subnet-0000000a', 'subnet-0000000b'];
const site = aSite({ subnets });
const { subnets: _, ...document } = site;
const several = ['www.shop.example.test', 'new.shop.example.test'];
const live = aSettledSiteItem({ site, live: site, liveAt: '2026-11-22T12:00:00.000Z' });

beforeEach(async () => {
  await account.reset();
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({});
  states.on(StartExecutionCommand).resolves({}).on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
});
afterEach(() => account.stop());

/** The site as it stands, with the load balancer that was made for it. */
async function given(item: SiteItem): Promise<void> {
  await writeSite(ledger, item, { over: undefined });
  const made: Made[] = [{ type: 'load balancer', id: 'arn:lb', ours: true }];
  await writeStep(ledger, domain, aStepItem('CreateLoadBalancer', { made }));
}

async function put(body: unknown, { at = domain, key }: { at?: string; key?: string } = {}) {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const request = aRequest({ method: 'PUT', path: `/v1/sites/${at}`, parameters: { domain: at }, headers, body });
  const answer = await handler(request, apiContext);
  return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body ?? '{}') };
}

const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
const item = () => readSiteItem(ledger, domain);

describe('PUT /v1/sites/{domain}', () => {
  test('starts the change to another document under the next revision, and remembers what is live', async () => {
    await given(live);
    const { status, headers, json } = await put({ ...document, aliases: ['new.shop.example.test'] });
    expect([status, headers?.['location']]).toEqual([202, `/v1/sites/${domain}`]);
    expect(json).toMatchObject({ state: 'changing', revision: 2, site: { subnets }, live: { aliases: site.aliases } });
    expect(json.timeline).toMatchObject([{ message: `Declared ${domain} anew: other aliases` }]);
    expect(await item()).toMatchObject({ live: site, former: ['www.shop.example.test'], liveAt: live.liveAt });
    expect(started()).toEqual(['shop_example_test-r2-change']);
  });

  test.each([
    ['as it was declared', document],
    ['with its subnets in another order', { ...document, subnets: [...subnets].reverse() }],
    ['with its access in another order', { ...document, access: ['::/0', '0.0.0.0/0'] }],
    ['with its aliases in another order', { ...document, aliases: [...several].reverse() }, several],
  ])(
    'answers 200 to the document that is live, %s, and changes nothing',
    async (_name, body, aliases = site.aliases) => {
      await given({ ...live, site: { ...site, aliases }, live: { ...site, aliases } });
      const before = await ledger.everything();
      const { status, json } = await put(body);
      expect([status, json.state, json.revision]).toEqual([200, 'live', 1]);
      expect(await ledger.everything()).toEqual(before);
      expect(started()).toEqual([]);
    },
  );

  test('takes the domain in any spelling, and answers 404 for a site that nobody declared', async () => {
    expect((await put(document)).status).toBe(404);
    await given(live);
    expect((await put(document, { at: 'SHOP.example.test.' })).status).toBe(200);
  });

  test('points at a domain that is not the one of the path', async () => {
    await given(live);
    const { status, json } = await put({ ...document, domain: 'other.example.test' });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      {
        pointer: '#/domain',
        detail: expect.stringContaining('Cannot make "other.example.test" of "shop.example.test"'),
      },
    ]);
  });

  test('answers 409 with its Location while an operation runs', async () => {
    await given(aSiteItem({ site }));
    const { status, headers, json } = await put({ ...document, http: 'reject' });
    expect([status, headers?.['location']]).toEqual([409, `/v1/sites/${domain}`]);
    expect(json).toMatchObject({ type: 'urn:nameplate:problem:operation-running' });
    expect(json.detail).toContain('Cannot change "shop.example.test": an operation is running');
    expect(started()).toEqual([]);
  });

  test('takes an approval of names that a delegation silences, where it deletes nothing', async () => {
    await given(live);
    const silences = 'f'.repeat(64);
    expect((await put({ ...document, http: 'reject', approve: silences })).status).toBe(202);
    expect((await readSiteItem(ledger, domain))?.operation).toMatchObject({ silences });
  });

  test('replaces the document of a site that is held, and goes on', async () => {
    await given({
      ...live,
      state: 'held',
      reason: { step: 'AwaitLoadBalancer', error: 'Misconfigured', message: 'x' },
    });
    const { status, json } = await put({ ...document, http: 'reject' });
    expect([status, json.state, json.reason]).toEqual([202, 'changing', undefined]);
    expect(started()).toEqual(['shop_example_test-r2-change']);
  });

  test('answers 409 for a site that has been undone', async () => {
    await given({ ...live, state: 'undone' });
    expect((await put(document)).json.type).toBe('urn:nameplate:problem:nothing-to-change');
  });

  test('gives the same answer to the same Idempotency-Key, and starts nothing twice', async () => {
    await given(live);
    const body = { ...document, http: 'reject' };
    const first = await put(body, { key: 'k' });
    expect(await put(body, { key: 'k' })).toEqual(first);
    expect((await put(document, { key: 'k' })).status).toBe(422);
    expect(started()).toHaveLength(1);
  });

  test('B7: refuses a plan that was made for another document, naming the field', async () => {
    await given(live);
    const { id, checksum } = (await account.plan({ ...document, http: 'reject' })).json;
    const { status, json } = await put({ ...document, http: 'reject', onFailure: 'undo', plan: { id, checksum } });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:plan-for-another-document']);
    expect(json.errors).toEqual([{ pointer: '#/onFailure', detail: expect.stringContaining('is "undo" in this') }]);
    expect(started()).toEqual([]);
  });

  test('refuses while all changes are stopped', async () => {
    await given(live);
    ledger.killSwitch('stopped');
    expect((await put({ ...document, http: 'reject' })).json.type).toBe('urn:nameplate:problem:changes-stopped');
    expect(started()).toEqual([]);
  });

  const role = { role: 'arn:aws:iam::210987654321:role/nameplate-dns' };
  test.each([
    ['live', live, 'external'],
    ['live', live, role],
    ['held, and never was live', { ...live, state: 'held', live: undefined }, 'external'],
  ])('points at "dns" of a site that is %s when its records would move, and says what to do', async (_, item, dns) => {
    const { live: before, ...rest } = item as SiteItem;
    await given({ ...rest, ...(before && { live: before }) });
    const stored = await ledger.everything();
    const { status, json } = await put({ ...document, dns });
    const detail = expect.stringMatching(
      /in Route 53 of this account\. Leave "dns" as it was, or take the site back \(undo it\) and declare/,
    );
    expect([status, json.errors]).toEqual([422, [{ pointer: '#/dns', detail }]]);
    expect(await ledger.everything()).toEqual(stored);
    expect(started()).toEqual([]);
  });

  test.each([
    ['#/subnets', { ...document, subnets: ['subnet-0000000a', 'subnet-0000000c'] }, 'Cannot move the load balancer'],
    ['#/origin/instance/id', document, 'it is in "vpc-2", and the site\'s load balancer in "vpc-1"'],
  ])('points at %s where the load balancer would have to move', async (pointer, body, detail) => {
    await given(live);
    account.instanceIs({ VpcId: 'vpc-2' });
    const { status, json } = await put({ ...body, http: 'reject' });
    expect([status, json.errors]).toEqual([422, [{ pointer, detail: expect.stringContaining(detail) }]]);
    expect(started()).toEqual([]);
  });

  test('points at an instance in a zone where the load balancer does not stand', async () => {
    await given(live);
    account.instanceIs({ Placement: { AvailabilityZone: 'us-east-1c' } });
    const { json } = await put({ ...document, http: 'reject' });
    expect(json.errors).toMatchObject([{ pointer: '#/origin/instance/id' }]);
  });
});
