import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rememberAlarm, sitesOfAlarm } from '../../../aws/ledger/alarm-sites.ts';
import { claimName } from '../../../aws/ledger/claim-name.ts';
import { listSites } from '../../../aws/ledger/list-sites.ts';
import { dueMaintenance, readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { Left } from '../../../domain/ledger/left.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { handler as claimSite } from '../../../functions/sites/claim-site.ts';
import { handler as markFailed } from '../../../functions/sites/mark-failed.ts';
import { handler as markLive } from '../../../functions/sites/mark-live.ts';
import { handler as markUndone } from '../../../functions/sites/mark-undone.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const ledger = useLedger();
const states = mockClient(SFNClient);
beforeEach(() => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
});
const domain = 'shop.example.test';
const event = { domain, revision: 1 };
const context = { getRemainingTimeInMillis: () => 30_000 } as never;
const error = {
  Error: 'Conflict',
  Cause: JSON.stringify({ errorType: 'Conflict', errorMessage: 'In the way: remove it' }),
};
const item = () => readSiteItem(ledger, domain);
const messages = async () =>
  (await readSite(ledger, domain, { timeline: NEWEST }))?.timeline.map(({ message }) => message);

describe('ClaimSite', () => {
  const goes = {
    hasLoadBalancer: false,
    joinsLoadBalancer: false,
    hasDistribution: false,
    hasFailover: false,
    hasAcme: false,
    makesInstance: false,
    exportsCertificate: false,
    releases: false,
  };
  const loadBalancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/theirs/0123456789abcdef';

  test.each([
    [
      { edge: 'load-balancer' as const, directName: 'direct.shop.example.test' },
      { ...goes, hasLoadBalancer: true },
    ],
    [{ edge: 'cdn' as const }, { ...goes, hasLoadBalancer: true, hasDistribution: true }],
    [{ origin: { loadBalancer, healthPath: '/' } }, { ...goes, hasLoadBalancer: true, joinsLoadBalancer: true }],
    [{ edge: 'direct' as const }, goes],
  ])('tells the workflow which way %j goes', async (changes, output) => {
    await writeSite(ledger, aSiteItem({ site: aSite(changes) }), { over: undefined });
    expect(await claimSite(event, context)).toEqual(output);
    expect((await messages())?.[0]).toMatch(/^Claimed shop.example.test, www.shop.example.test/);
  });

  test('refuses a workflow whose operation is not the current one', async () => {
    await writeSite(ledger, aSiteItem({ revision: 2 }), { over: undefined });
    await expect(claimSite(event, context)).rejects.toMatchObject({ name: 'Refused' });
  });
});

describe('MarkFailed while all changes are stopped', () => {
  const stopped = { Error: 'Stopped', Cause: JSON.stringify({ errorMessage: 'All changes are stopped: set it' }) };

  test.each([
    ['a step met the kill switch', stopped, 'allowed', 'Stopped'],
    ['something else failed meanwhile', error, 'stopped', 'Conflict'],
  ])('S14: holds a first onboarding although it is to be undone, when %s', async (_, caught, says, name) => {
    await writeSite(ledger, aSiteItem({ site: aSite({ onFailure: 'undo' }) }), { over: undefined });
    ledger.killSwitch(says);
    expect(await markFailed({ ...event, error: caught }, context)).toMatchObject({ error: name });
    expect(await item()).toMatchObject({ state: 'held', reason: { error: name }, last: { name: 'onboard' } });
    expect(states.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  test('S3: holds one whose names are no longer proven as well: frozen, and nothing is taken back', async () => {
    const unproven = { Error: 'Unproven', Cause: JSON.stringify({ errorMessage: 'Enter the record' }) };
    await writeSite(ledger, aSiteItem({ site: aSite({ onFailure: 'undo' }) }), { over: undefined });
    await markFailed({ ...event, error: unproven }, context);
    expect(await item()).toMatchObject({ state: 'held', reason: { error: 'Unproven', message: 'Enter the record' } });
    expect(states.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });
});

describe('MarkFailed after an outage of AWS', () => {
  const busy = { errorType: 'Throttled', errorMessage: 'AWS is busy or unreachable (Throttling: Rate exceeded)' };

  test.each([
    ['Throttled', JSON.stringify(busy), /^Gave up trying: AWS is busy or unreachable .*; resume it later$/],
    ['Lambda.ServiceException', 'Internal failure', /Lambda.ServiceException: Internal failure.*resume it$/],
    ['Sandbox.Timedout', '{"errorMessage":"Task timed out after 30.00 seconds"}', /Sandbox.Timedout.*resume it$/],
    ['States.Timeout', '', /^The step did not end in time; resume it/],
  ])('holds a first onboarding although it is to be undone: %s', async (name, cause, message) => {
    await writeSite(ledger, aSiteItem({ site: aSite({ onFailure: 'undo' }) }), { over: undefined });
    await markFailed({ ...event, error: { Error: name, Cause: cause } }, context);
    expect(await item()).toMatchObject({ state: 'held', reason: { message: expect.stringMatching(message) } });
    expect(states.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  test('holds an undo, which is to be undone again', async () => {
    const undoing = { name: 'undo' as const, execution: 'e', startedAt: '2026-11-22T12:00:00.000Z' };
    await writeSite(ledger, aSiteItem({ state: 'undoing', operation: undoing }), { over: undefined });
    const throttled = { Error: 'Throttled', Cause: JSON.stringify(busy) };
    expect(await markFailed({ ...event, error: throttled }, context)).toMatchObject({
      message: expect.stringMatching(/; undo it again later$/),
    });
    expect(await item()).toMatchObject({ state: 'held', last: { name: 'undo' } });
  });
});

describe('MarkLive', () => {
  test('makes the site live and ends its operation', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await markLive(event, context);
    const { liveAt, updatedAt, ...live } = (await item()) ?? {};
    const { createdAt } = aSiteItem();
    expect(live).toEqual({ domain, site: aSite(), live: aSite(), state: 'live', revision: 1, createdAt });
    expect(liveAt).toBe(updatedAt);
    expect(await messages()).toEqual(['Live at https://shop.example.test/']);
  });

  test('says http for the direct edge', async () => {
    await writeSite(ledger, aSiteItem({ site: aSite({ edge: 'direct' }) }), { over: undefined });
    await markLive(event, context);
    expect(await messages()).toEqual(['Live at http://shop.example.test/']);
  });

  test('changes nothing when its first answer was lost and it runs again', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    await markLive(event, context);
    const before = await ledger.everything();
    await markLive(event, context);
    expect(await ledger.everything()).toEqual(before);
  });

  test('keeps why a change went back to what was live', async () => {
    const reason = {
      step: 'AwaitLoadBalancer',
      error: 'NotReady' as const,
      message: 'No target is healthy: look at it',
    };
    await writeSite(ledger, aSiteItem({ state: 'changing', live: aSite(), reason }), { over: undefined });
    await markLive(event, context);
    expect(await item()).toMatchObject({ state: 'live', reason });
  });

  test('refuses a site that has failed meanwhile', async () => {
    await writeSite(ledger, aSettledSiteItem({ state: 'failed' }), { over: undefined });
    await expect(markLive(event, context)).rejects.toMatchObject({ name: 'Refused' });
    expect(await item()).toMatchObject({ state: 'failed' });
  });
});

describe('MarkFailed', () => {
  const holding = aSiteItem({ site: aSite({ onFailure: 'hold' }) });

  test('holds the site, with the reason and the fix, and ends its operation', async () => {
    await writeSite(ledger, holding, { over: undefined });
    await writeStep(ledger, domain, aStepItem('CheckRecords', { state: 'failed', message: 'In the way: remove it' }));
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'In the way: remove it' };
    expect(await markFailed({ ...event, error }, context)).toEqual(reason);
    expect(await item()).toMatchObject({
      state: 'held',
      reason,
      last: { name: 'onboard', endedAt: expect.any(String) },
    });
    expect(await item()).not.toHaveProperty('operation');
    expect(await messages()).toEqual(['Failed at CheckRecords']);
    expect(states.calls()).toEqual([]);
  });

  test('begins to undo a first onboarding, once, whoever runs it again', async () => {
    await writeSite(ledger, aSiteItem(), { over: undefined });
    const reason = await markFailed({ ...event, error }, context);
    expect(await item()).toMatchObject({
      state: 'undoing',
      revision: 2,
      reason,
      operation: { name: 'undo', execution: 'shop_example_test-r2-undo' },
      last: { name: 'onboard' },
    });
    const before = await ledger.everything();
    expect(await markFailed({ ...event, error }, context)).toEqual(reason);
    expect(await ledger.everything()).toEqual(before);
    const started = states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
    expect(new Set(started.map(({ name }) => name))).toEqual(new Set(['shop_example_test-r2-undo']));
    expect(started[0]?.stateMachineArn).toContain(':Undo');
  });

  test('W7: begins the undo that a worker died before', async () => {
    const { operation, ...failed } = aSiteItem({ state: 'failed' });
    const reason = { step: 'CheckRecords', error: 'Conflict', message: 'In the way: remove it' } as const;
    const last = { ...operation, endedAt: failed.updatedAt } as never;
    await writeSite(ledger, { ...failed, reason, last }, { over: undefined });
    expect(await markFailed({ ...event, error }, context)).toEqual(reason);
    expect(await item()).toMatchObject({ state: 'undoing', revision: 2 });
  });

  test('never undoes by itself what was live, nor an undo', async () => {
    await writeSite(ledger, { ...aSiteItem(), liveAt: '2026-11-01T00:00:00.000Z' }, { over: undefined });
    await markFailed({ ...event, error }, context);
    expect(await item()).toMatchObject({ state: 'held', revision: 1 });
    expect(states.calls()).toEqual([]);
  });

  test('stops what ran or waited beside it, and keeps what was made in sight', async () => {
    const made: Made[] = [{ type: 'load balancer', id: 'arn:1', ours: true }];
    await writeSite(ledger, holding, { over: undefined });
    await writeStep(ledger, domain, aStepItem('CheckRecords', { state: 'failed', message: 'In the way: remove it' }));
    await writeStep(ledger, domain, aStepItem('CreateLoadBalancer', { state: 'running', made }));
    await writeStep(ledger, domain, aStepItem('CheckDelegation', { state: 'waiting', waitingFor: 'The registrar' }));
    await writeStep(ledger, domain, aStepItem('FindZone'));
    await markFailed({ ...event, error }, context);
    const steps = Object.fromEntries((await readSite(ledger, domain))?.steps.map((step) => [step.name, step]) ?? []);
    expect(steps['CreateLoadBalancer']).toMatchObject({
      state: 'failed',
      message: 'Stopped, because CheckRecords failed',
      made,
    });
    expect(steps['CheckDelegation']).toMatchObject({ state: 'failed' });
    expect(steps['CheckDelegation']).not.toHaveProperty('waitingFor');
    expect(steps['FindZone']).toEqual(aStepItem('FindZone'));
  });

  test('ends the step that waited in vain', async () => {
    await writeSite(ledger, holding, { over: undefined });
    await writeStep(ledger, domain, aStepItem('CheckDelegation', { state: 'waiting', waitingFor: 'The registrar' }));
    const gaveUp = { Error: 'NotReady', Cause: JSON.stringify({ errorMessage: 'The registrar' }) };
    const { message } = await markFailed({ ...event, error: gaveUp }, context);
    expect(message).toBe('Gave up waiting: The registrar; see to it, then resume it');
    expect((await readSite(ledger, domain))?.steps).toMatchObject([
      { name: 'CheckDelegation', state: 'failed', message },
    ]);
  });

  test('changes nothing when its first answer was lost and it runs again', async () => {
    await writeSite(ledger, holding, { over: undefined });
    const reason = await markFailed({ ...event, error }, context);
    const before = await ledger.everything();
    expect(await markFailed({ ...event, error }, context)).toEqual(reason);
    expect(await ledger.everything()).toEqual(before);
  });

  test('W12: leaves a site alone that a later revision or a live one has taken', async () => {
    await writeSite(ledger, aSiteItem({ revision: 2 }), { over: undefined });
    await expect(markFailed({ ...event, error }, context)).rejects.toMatchObject({ name: 'Refused' });
    await writeSite(ledger, aSettledSiteItem({ revision: 2 }), { over: aSiteItem({ revision: 2 }) });
    await expect(markFailed({ domain, revision: 2, error }, context)).rejects.toMatchObject({ name: 'Refused' });
    expect(await item()).toMatchObject({ state: 'live', revision: 2 });
  });
});

describe('MarkUndone', () => {
  const undoing = aSiteItem({
    state: 'undoing',
    revision: 2,
    operation: { name: 'undo', execution: 'shop_example_test-r2-undo', startedAt: '2026-11-22T12:00:00.000Z' },
  });
  const second = { domain, revision: 2 };

  test('frees the names, takes the site off the list and says what is left', async () => {
    await writeSite(ledger, undoing, { over: undefined });
    await claimName(ledger, { name: domain, domain, request: 'r', claimedAt: undoing.createdAt });
    await claimName(ledger, { name: 'other.test', domain: 'other.test', request: 'r', claimedAt: undoing.createdAt });
    const left: Left[] = [{ type: 'hosted zone', id: 'Z1', why: 'it is still delegated to' }];
    await writeStep(ledger, domain, aStepItem('RemoveZone', { revision: 2, output: { left } }));
    await markUndone(second, context);
    expect(await item()).toMatchObject({ state: 'undone', left });
    expect(await item()).not.toHaveProperty('operation');
    const claims = (await ledger.everything()).filter(({ sk }) => sk === 'CLAIM').map(({ pk }) => pk);
    // B2 (S2): the world may still be sent to the zone that is left.
    expect(claims).toEqual(['NAME#other.test', `NAME#${domain}`]);
    expect((await listSites(ledger, { limit: 10 })).sites).toEqual([]);
    expect(await messages()).toEqual(['Undone, except for the hosted zone Z1: it is still delegated to']);
  });

  test('deletes the schedules of its maintenance, and forgets its windows and its alarm', async () => {
    await writeSite(ledger, undoing, { over: undefined });
    const scheduler = mockClient(SchedulerClient);
    scheduler.on(DeleteScheduleCommand).resolves({});
    const before = await readMaintenance(ledger, undoing);
    const at = '2026-12-24T04:00:00.000Z';
    const windows = [{ id: 'w1', from: at, until: at, createdAt: at }] as unknown as typeof before.windows;
    const alarm = { arn: 'arn:alarm', asks: 'off' } as unknown as NonNullable<typeof before.alarm>;
    await writeMaintenance(ledger, { ...before, windows, alarm, dueAt: at }, { over: before });
    await rememberAlarm(ledger, { arn: alarm.arn, domain });
    await markUndone(second, context);
    const deleted = scheduler.commandCalls(DeleteScheduleCommand).map(({ args: [{ input }] }) => input.Name);
    expect(deleted).toEqual(
      ['w1-from', 'w1-until', 'request-until', 'alarm-until'].map((name) => `${resourceName(domain)}-${name}`),
    );
    expect(await readMaintenance(ledger, undoing)).toMatchObject({ windows: [] });
    expect(await sitesOfAlarm(ledger, alarm.arn)).toEqual([]);
    expect(await dueMaintenance(ledger, { now: new Date('2027-01-01'), limit: 5 })).toEqual([]);
  });

  test('changes nothing when its first answer was lost and it runs again', async () => {
    await writeSite(ledger, undoing, { over: undefined });
    await markUndone(second, context);
    const before = await ledger.everything();
    await markUndone(second, context);
    expect(await ledger.everything()).toEqual(before);
  });
});
