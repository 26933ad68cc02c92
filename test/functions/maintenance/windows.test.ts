import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dueMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { handler as cancelWindow } from '../../../functions/maintenance/cancel-window.ts';
import { handler as changeWindow } from '../../../functions/maintenance/change-window.ts';
import { handler as createWindow } from '../../../functions/maintenance/create-window.ts';
import { handler as listWindows } from '../../../functions/maintenance/list-windows.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';

const ledger = useLedger();
const scheduler = mockClient(SchedulerClient);
const lambda = mockClient(LambdaClient);
const domain = 'shop.example.test';
const site = aSite({ failover: { page: DEFAULT_PAGE } });

beforeEach(async () => {
  scheduler.reset();
  lambda.reset();
  lambda.on(InvokeCommand).resolves({});
  scheduler.on(CreateScheduleCommand).resolves({});
  scheduler.on(UpdateScheduleCommand).resolves({});
  scheduler.on(DeleteScheduleCommand).resolves({});
  await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
});

const undoing = {
  state: 'undoing',
  operation: { name: 'undo', execution: 'e', startedAt: '2026-11-22T12:00:00.000Z' },
} as const;
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
const path = `/v1/sites/${domain}/maintenance/windows`;
const METHODS = { POST: createWindow, GET: listWindows, PUT: changeWindow, DELETE: cancelWindow };

async function ask(
  method: keyof typeof METHODS,
  { id, body, key }: { id?: string; body?: unknown; key?: string } = {},
) {
  const parameters = { domain, ...(id !== undefined && { id }) };
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await METHODS[method](aRequest({ method, path, parameters, headers, body }), apiContext);
  return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body ?? '{}') };
}

/** What has the site looked at without waiting for a schedule. */
const followed = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => ({
    type: input.InvocationType,
    event: JSON.parse(Buffer.from(input.Payload as Uint8Array).toString()),
  }));
const stands = async (site: SiteItem) => writeSite(ledger, site, { over: await readSiteItem(ledger, domain) });

const listed = async () => (await ask('GET')).json.windows;
const schedules = () =>
  scheduler.calls().map(({ args: [command] }) => {
    const { Name = '', ScheduleExpression } = command.input as { Name?: string; ScheduleExpression?: string };
    return [command.constructor.name.replace(/ScheduleCommand$/, ''), Name.split('-').at(-1), ScheduleExpression]
      .filter(Boolean)
      .join(' ');
  });

describe('POST …/maintenance/windows', () => {
  test('keeps a window in any time zone, with a schedule for its start and one for its end', async () => {
    const year = new Date().getUTCFullYear() + (new Date().getUTCMonth() >= 6 ? 1 : 0);
    const body = {
      from: `${year}-01-10T02:00`,
      until: `${year}-01-10T04:00`,
      timeZone: 'Europe/Berlin',
      message: 'Back at four',
    };
    const { status, headers, json } = await ask('POST', { body });
    expect(status).toBe(201);
    expect(headers?.['location']).toBe(`${path}/${json.id}`);
    const { message, ...local } = body;
    expect(json).toMatchObject({
      from: `${year}-01-10T01:00:00.000Z`,
      until: `${year}-01-10T03:00:00.000Z`,
      message,
      local,
      state: 'ahead',
    });
    expect(await listed()).toEqual([json]);
    expect(schedules()).toEqual([`Create from at(${year}-01-10T01:00:00)`, `Create until at(${year}-01-10T03:00:00)`]);
  });

  test('has the site looked at no sooner than the window begins or ends, since schedules know whole seconds', async () => {
    const year = new Date().getUTCFullYear() + 1;
    await ask('POST', { body: { from: `${year}-01-10T02:00:59.877Z`, until: `${year}-01-10T04:00:00.000Z` } });
    expect(schedules()).toEqual([`Create from at(${year}-01-10T02:01:00)`, `Create until at(${year}-01-10T04:00:00)`]);
  });

  test('shows the message as it was declared', async () => {
    const message = 'Back\n\nat four 👨\u200d👩\u200d👧';
    expect((await ask('POST', { body: { from: hours(1), until: hours(2), message } })).json.message).toBe(message);
    expect((await listed())[0].message).toBe(message);
  });

  test('has the site looked at at once for a window that has begun, and for no other', async () => {
    await ask('POST', { body: { from: hours(1), until: hours(2) } });
    expect(followed()).toEqual([]);
    await ask('POST', { body: { from: hours(-1), until: hours(2) } });
    expect(followed()).toEqual([{ type: 'Event', event: { domain } }]);
  });

  test('counts a window that had begun before the page was last switched off by request', async () => {
    const since = new Date().toISOString();
    const maintenance = { state: 'off', cause: 'request', since, dismissedAt: since } as const;
    await stands(aSettledSiteItem({ site, live: site, maintenance }));
    expect((await ask('POST', { body: { from: hours(-1), until: hours(2) } })).json.state).toBe('open');
  });

  test.each([
    ['undone', aSettledSiteItem({ site, state: 'undone' }), 'not-live'],
    ['being undone', aSiteItem({ site, live: site, ...undoing }), 'not-live'],
  ])('answers 409 for a site that is %s: nothing would begin', async (_, standing, problem) => {
    await stands(standing);
    const { status, json } = await ask('POST', { body: { from: hours(1), until: hours(2) } });
    expect([status, json.type]).toEqual([409, `urn:nameplate:problem:${problem}`]);
    expect(schedules()).toEqual([]);
  });

  test('answers 422 for a message beside a page that is whole in the document', async () => {
    const whole = aSite({ failover: { page: { ...DEFAULT_PAGE, html: '<h1>Mine</h1>' } } });
    await stands(aSettledSiteItem({ site: whole, live: whole }));
    const { status, json } = await ask('POST', { body: { from: hours(1), until: hours(2), message: 'Back' } });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/message']);
  });

  test('is answered once for an Idempotency-Key, and declares one window', async () => {
    const body = { from: hours(1), until: hours(2) };
    const first = await ask('POST', { body, key: 'k' });
    expect(await ask('POST', { body, key: 'k' })).toEqual(first);
    expect(await listed()).toHaveLength(1);
  });

  test('takes over schedules that a request before it has left, whose answer was lost', async () => {
    scheduler
      .on(CreateScheduleCommand)
      .rejects(new ConflictException({ message: 'exists', Message: 'exists', $metadata: {} }));
    expect((await ask('POST', { body: { from: hours(1), until: hours(2) } })).status).toBe(201);
    expect(schedules().map((each) => each.split(' ')[0])).toEqual(['Create', 'Update', 'Create', 'Update']);
  });

  test('F5: has the sweep look at the site, whatever becomes of the schedules', async () => {
    await ask('POST', { body: { from: hours(1), until: hours(2) } });
    expect(await dueMaintenance(ledger, { now: new Date(), limit: 5 })).toEqual([domain]);
  });

  test.each<[string, object, string]>([
    ['an end before its start', { from: hours(2), until: hours(1) }, '#/until'],
    ['an end that is past', { from: hours(-2), until: hours(-1) }, '#/until'],
    ['more than a month', { from: hours(1), until: hours(24 * 40) }, '#/until'],
    ['a start in two years', { from: hours(24 * 700), until: hours(24 * 700 + 1) }, '#/from'],
    ['local times without a zone', { from: '2099-01-10T02:00', until: hours(2) }, '#/from'],
    [
      'a zone that there is not',
      { from: '2099-01-10T02:00', until: '2099-01-10T04:00', timeZone: 'Berlin' },
      '#/timeZone',
    ],
    ['a time that there is not', { from: '2099-02-30T02:00', until: '2099-03-10T04:00', timeZone: 'UTC' }, '#/from'],
    ['an instant that there is not', { from: '2099-02-30T02:00Z', until: '2099-03-10T04:00Z' }, '#/from'],
    ['no end', { from: hours(1) }, '#/until'],
  ])('answers 422 for %s, and points at it', async (_, body, pointer) => {
    const { status, json } = await ask('POST', { body });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
    expect(await listed()).toEqual([]);
    expect(schedules()).toEqual([]);
  });

  test('answers 409 once a site has fifty windows ahead', async () => {
    for (let count = 0; count < 50; count += 1) await ask('POST', { body: { from: hours(1), until: hours(2) } });
    const { status, json } = await ask('POST', { body: { from: hours(1), until: hours(2) } });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:too-many-windows']);
  });
});

describe('GET …/maintenance/windows', () => {
  test('shows an open window as dismissed that a request for "off" has ended', async () => {
    await ask('POST', { body: { from: hours(-1), until: hours(2) } });
    const since = hours(0.001);
    const maintenance = { state: 'off', cause: 'request', since, dismissedAt: since } as const;
    await stands(aSettledSiteItem({ site, live: site, maintenance }));
    expect(await listed()).toMatchObject([{ state: 'dismissed' }]);
  });

  test('says when a window begins and ends where that is in the wrong order only by the clocks', async () => {
    const year = new Date().getUTCFullYear() + 1;
    const march = new Date(Date.UTC(year, 2, 31));
    const day = new Date(march.getTime() - march.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
    const body = { from: `${day}T02:30`, until: `${day}T03:15`, timeZone: 'Europe/Berlin' };
    const { status, json } = await ask('POST', { body });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      {
        pointer: '#/until',
        detail: `Must be later than "from": this is ${day}T01:15:00.000Z, and that ${day}T01:30:00.000Z`,
      },
    ]);
  });
});

describe('PUT and DELETE …/maintenance/windows/{id}', () => {
  const declare = async () => (await ask('POST', { body: { from: hours(1), until: hours(2) } })).json;

  test('change the times of a window, and its schedules', async () => {
    const { id } = await declare();
    const { status, json } = await ask('PUT', { id, body: { from: hours(3), until: hours(5) } });
    expect([status, json.id]).toEqual([200, id]);
    expect(await listed()).toEqual([json]);
  });

  test('have the site looked at at once where the window is open, or was', async () => {
    const open = (await ask('POST', { body: { from: hours(-1), until: hours(2) } })).json;
    const ahead = await declare();
    lambda.resetHistory();
    await ask('PUT', { id: ahead.id, body: { from: hours(1), until: hours(3) } });
    expect(followed()).toEqual([]);
    await ask('PUT', { id: open.id, body: { from: hours(1), until: hours(3) } });
    await ask('PUT', { id: open.id, body: { from: hours(-1), until: hours(3) } });
    await ask('DELETE', { id: open.id });
    expect(followed()).toHaveLength(3);
  });

  test('cancel a window, whose schedules may be gone by then', async () => {
    const { id } = await declare();
    scheduler
      .on(DeleteScheduleCommand)
      .rejects(new ResourceNotFoundException({ message: 'gone', Message: 'gone', $metadata: {} }));
    expect((await ask('DELETE', { id })).status).toBe(200);
    expect(await listed()).toEqual([]);
    expect(schedules().slice(2)).toEqual(['Delete from', 'Delete until']);
  });

  test('answer 404 for a window that there is not', async () => {
    const body = { from: hours(1), until: hours(2) };
    for (const method of ['PUT', 'DELETE'] as const) {
      const { status, json } = await ask(method, { id: 'none', body });
      expect([status, json.type]).toEqual([404, 'urn:nameplate:problem:window-not-found']);
    }
  });
});
