import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dueMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { MaintenanceRequest } from '../../../domain/failover/maintenance-schema.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { handler as switchMaintenance } from '../../../functions/maintenance/switch-maintenance.ts';
import { rememberProofs } from '../../../functions/shared/maintenance/due.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
const states = mockClient(SFNClient);
const scheduler = mockClient(SchedulerClient);
const domain = 'shop.example.test';
const site = aSite({ failover: { page: DEFAULT_PAGE } });
const since = '2026-11-22T12:00:00.000Z';

beforeEach(() => {
  states.reset();
  scheduler.reset();
  scheduler.on(CreateScheduleCommand).resolves({});
  states.on(StartExecutionCommand).resolves({});
  states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
});

const given = (item: SiteItem) => writeSite(ledger, item, { over: undefined });
const live = (changes: Partial<SiteItem> = {}) => given(aSettledSiteItem({ site, live: site, ...changes }));
const item = () => readSiteItem(ledger, domain);
const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);

async function put(body: unknown, { key, query }: { key?: string; query?: Record<string, string> } = {}) {
  const path = `/v1/sites/${domain}/maintenance`;
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const request = aRequest({ method: 'PUT', path, parameters: { domain }, headers, body, ...(query && { query }) });
  const answer = await switchMaintenance(request, apiContext);
  return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body ?? '{}') };
}

describe('PUT /v1/sites/{domain}/maintenance', () => {
  test('begins a switch, and says where to watch it', async () => {
    await live();
    const { status, headers, json } = await put({ state: 'on', message: 'Back at four', hold: true });
    expect([status, headers?.['location']]).toEqual([202, `/v1/sites/${domain}`]);
    expect(json).toMatchObject({
      state: 'switching',
      failover: { on: 'page', cause: 'request', hold: true, message: 'Back at four' },
    });
    expect(await item()).toMatchObject({
      revision: 2,
      maintenance: { state: 'on' },
      operation: { name: 'switch', from: {} },
    });
    expect(started()).toEqual([
      {
        stateMachineArn: process.env['SWITCH_STATE_MACHINE_ARN'],
        name: 'shop_example_test-r2-switch',
        input: JSON.stringify({ domain, revision: 2 }),
      },
    ]);
  });

  test('answers 200 and moves nothing where viewers see that already; the lock and the end are taken over', async () => {
    await live({ maintenance: { state: 'on', cause: 'schedule', since } });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { status, json } = await put({ state: 'on', until, hold: true });
    expect([status, json.state]).toEqual([200, 'live']);
    expect(await item()).toMatchObject({ maintenance: { state: 'on', cause: 'request', since, until }, hold: true });
    expect(started()).toEqual([]);
  });

  test('F4: remembers when "off" was asked for, whatever is asked for later: what it has ended stays ended', async () => {
    await live();
    await put({ state: 'off' });
    const { dismissedAt } = (await item())?.maintenance ?? {};
    expect(dismissedAt).toBe((await item())?.maintenance?.since);
    await put({ state: 'on' });
    expect((await item())?.maintenance).toMatchObject({ state: 'on', dismissedAt });
  });

  test('F6: switches again where another tool has deleted the page that is on: a switch writes it anew', async () => {
    await live({ maintenance: { state: 'on', cause: 'request', since } });
    const { domain: name, createdAt } = (await item()) as SiteItem;
    const looked = (isReady: boolean) =>
      rememberProofs(ledger, { domain: name, createdAt }, { page: { at: since, isReady, problems: [] } });
    await looked(true);
    expect((await put({ state: 'on' })).status).toBe(200);
    await looked(false);
    expect([(await put({ state: 'on' })).status, started().length]).toEqual([202, 1]);
  });

  test('switches again for other words of a page that is on', async () => {
    await live({ maintenance: { state: 'on', cause: 'request', since, message: 'Old' } });
    expect((await put({ state: 'on', message: 'New' })).status).toBe(202);
  });

  test('F5: has its end seen to by a schedule, and by the sweep where that is lost', async () => {
    await live();
    const until = new Date(Date.now() + 3_600_000);
    until.setUTCMilliseconds(0);
    await put({ state: 'on', until: until.toISOString() });
    expect(scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({
        Name: expect.stringMatching(/^np-[0-9a-f]{12}-request-until$/),
        ScheduleExpression: `at(${until.toISOString().slice(0, 19)})`,
        ActionAfterCompletion: 'DELETE',
      }),
    ]);
    expect(await dueMaintenance(ledger, { now: until, limit: 10 })).toEqual([domain]);
    expect(await dueMaintenance(ledger, { now: new Date(), limit: 10 })).toEqual([]);
  });

  test('F4: answers 409 while another operation runs, and remembers nothing of what was asked', async () => {
    await given(aSiteItem({ site, state: 'changing' }));
    const before = await ledger.everything();
    const { status, json } = await put({ state: 'on' });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:operation-running']);
    expect(await ledger.everything()).toEqual(before);
  });

  test('gives the same answer for the same Idempotency-Key, and begins nothing twice', async () => {
    await live();
    const first = await put({ state: 'on' }, { key: 'k' });
    expect(await put({ state: 'on' }, { key: 'k' })).toEqual(first);
    expect(started()).toHaveLength(1);
    expect((await put({ state: 'off' }, { key: 'k' })).json.type).toBe('urn:nameplate:problem:key-reused');
  });

  test('starts the workflow of a switch whose request died before it did', async () => {
    await live();
    states.on(StartExecutionCommand).rejectsOnce(Object.assign(new Error('No'), { name: 'ThrottlingException' }));
    expect((await put({ state: 'on' }, { key: 'k' })).status).toBe(503);
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'none', $metadata: {} }));
    expect((await put({ state: 'on' }, { key: 'k' })).status).toBe(202);
    expect(started().at(-1)).toMatchObject({ name: 'shop_example_test-r2-switch' });
    expect(await item()).toMatchObject({ revision: 2 });
  });

  test.each([
    ['held' as const, 'not-live'],
    ['undone' as const, 'not-live'],
  ])('answers 409 for a site that is %s', async (state, problem) => {
    await live({ state });
    const { status, json } = await put({ state: 'on' });
    expect([status, json.type]).toEqual([409, `urn:nameplate:problem:${problem}`]);
  });

  test('answers 409 for a site without a page, and says what to declare', async () => {
    await given(aSettledSiteItem());
    const { status, json } = await put({ state: 'on' });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:no-failover']);
    expect(json.detail).toContain('declare it with "failover": {}');
  });

  test('S14: answers 503 while all changes are stopped', async () => {
    await live();
    ledger.killSwitch('stopped');
    expect((await put({ state: 'on' })).json.type).toBe('urn:nameplate:problem:changes-stopped');
  });

  test('knows a site of its tenant alone', async () => {
    await live();
    expect((await put({ state: 'on' }, { query: { tenant: 'acme' } })).status).toBe(404);
  });

  test.each<[string, object, string]>([
    ['no state', {}, '#/state'],
    ['another state', { state: 'maybe' }, '#/state'],
    ['an unknown field', { state: 'on', untill: 'x' }, '#/untill'],
    ['an end that is past', { state: 'on', until: '2026-01-01T00:00:00Z' }, '#/until'],
    ['an end in the next century', { state: 'on', until: '2126-01-01T00:00:00Z' }, '#/until'],
    ['an end without a zone', { state: 'on', until: '2099-01-01T00:00:00' }, '#/until'],
    ['a message without words', { state: 'on', message: ' ' }, '#/message'],
  ])('answers 422 for %s, and points at it', async (_, body, pointer) => {
    await live();
    const { status, json } = await put(body);
    expect([status, json.errors?.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]]);
  });

  test('answers 422 for a message that viewers would never see', async () => {
    await live();
    expect((await put({ state: 'off', message: 'Back' })).json.errors?.[0]).toEqual({
      pointer: '#/message',
      detail: 'Cannot be shown: viewers see the site; leave it out',
    });
    const whole = aSite({ failover: { page: { ...DEFAULT_PAGE, html: '<h1>Mine</h1>' } } });
    await writeSite(ledger, aSettledSiteItem({ site: whole, live: whole }), { over: await item() });
    const { status, json } = await put({ state: 'on', message: 'Back' });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/message']);
    expect(json.errors?.[0]?.detail).toContain('the page is the "html" of the document');
    expect((await put({ state: 'on' })).status).toBe(202);
  });

  test('says which field is missing, and what it must be', async () => {
    await live();
    expect((await put({})).json.errors).toEqual([{ pointer: '#/state', detail: 'Is missing: must be "on" or "off"' }]);
    expect((await put({ state: 'on', hold: 'yes' })).json.errors?.[0]?.detail).toBe('Must be true or false, not "yes"');
  });

  test.each<MaintenanceRequest>([
    { state: 'off' },
    { state: 'on' },
    { state: 'on', message: 'Back at four', hold: true, until: new Date(Date.now() + 3_600_000).toISOString() },
  ])('tells the timeline nothing of a request that asks for what is so: %j', async (asked) => {
    const { hold = false, ...maintenance } = asked;
    await live({ maintenance: { cause: 'request', since, ...maintenance }, ...(hold && { hold }) });
    const told = async () => (await readSite(ledger, domain, { timeline: NEWEST }))?.timeline.length;
    expect([(await put(asked)).status, (await put(asked)).status, await told()]).toEqual([200, 200, 0]);
    expect([(await put({ ...asked, hold: !hold })).status, await told()]).toEqual([200, 1]);
    expect(started()).toEqual([]);
  });

  test('tells the timeline who asked for it and why traffic moves', async () => {
    await live();
    await put({ state: 'on' });
    const record = await readSite(ledger, domain, { timeline: NEWEST });
    expect(record?.timeline.map(({ message }) => message)).toEqual([
      'Switching: viewers see the maintenance page, because it was asked for',
    ]);
  });
});
