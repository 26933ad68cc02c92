import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListAlarmMuteRulesCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rememberAlarm } from '../../../aws/ledger/alarm-sites.ts';
import { dueMaintenance, readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { MaintenanceWindow } from '../../../domain/failover/window.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { handler as followAlarm } from '../../../functions/maintenance/follow-alarm.ts';
import { handler as followWindow } from '../../../functions/maintenance/follow-window.ts';
import { handler as sweepMaintenance } from '../../../functions/maintenance/sweep-maintenance.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../support/site.ts';
import { context, domain } from '../../support/steps.ts';

const ledger = useLedger();
const states = mockClient(SFNClient);
const events = mockClient(EventBridgeClient);
const scheduler = mockClient(SchedulerClient);
const cloudwatch = mockClient(CloudWatchClient);
const alarm = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-down';
const site = aSite({ failover: { page: DEFAULT_PAGE } });
const watched = aSite({ failover: { page: DEFAULT_PAGE, alarm } });

beforeEach(() => {
  for (const each of [states, events, scheduler, cloudwatch]) each.reset();
  states.on(StartExecutionCommand).resolves({});
  states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }], FailedEntryCount: 0 });
  scheduler.on(CreateScheduleCommand).resolves({});
  cloudwatch.on(ListAlarmMuteRulesCommand).resolves({ AlarmMuteRuleSummaries: [] });
  alarmIs('OK', { sinceMinutes: 600 });
});

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
const aWindow = (from: number, until: number): MaintenanceWindow => ({
  id: 'w1',
  from: minutes(from),
  until: minutes(until),
  announced: [1440, 60],
});

function alarmIs(StateValue: StateValue, { sinceMinutes = 1, isMuted = false, periods = 3 } = {}): void {
  const StateTransitionedTimestamp = new Date(Date.now() - sinceMinutes * 60_000);
  const found = {
    AlarmName: 'shop-down',
    StateValue,
    StateTransitionedTimestamp,
    EvaluationPeriods: periods,
    Period: 60,
  };
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [found] });
  cloudwatch
    .on(ListAlarmMuteRulesCommand)
    .resolves({ AlarmMuteRuleSummaries: isMuted ? [{ AlarmMuteRuleArn: 'arn:mute' }] : [] });
}

async function given(item: Partial<SiteItem>, inputs: Partial<MaintenanceItem> = {}): Promise<void> {
  const made = item.operation
    ? aSiteItem({ site, live: site, ...item })
    : aSettledSiteItem({ site, live: site, ...item });
  await writeSite(ledger, made, { over: undefined });
  const over = await readMaintenance(ledger, made);
  await writeMaintenance(ledger, { ...over, ...inputs }, { over });
}

const item = async () => (await readSiteItem(ledger, domain)) as SiteItem;
const inputs = async () => readMaintenance(ledger, await item());
const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
const told = () => events.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.[0]?.DetailType);
const follow = () => followWindow({ domain }, context);
const on = (cause: 'request' | 'schedule' | 'alarm', more = {}) =>
  ({ state: 'on', cause, since: minutes(-60), ...more }) as const;

describe('FollowWindow', () => {
  test('W8: switches the page on when a window begins, once however often it is called', async () => {
    await given({}, { windows: [aWindow(-1, 60)] });
    await follow();
    expect(await item()).toMatchObject({
      state: 'switching',
      maintenance: { state: 'on', cause: 'schedule', until: (await inputs()).windows[0]?.until },
    });
    await follow();
    expect(started()).toEqual(['shop_example_test-r2-switch']);
  });

  test('switches it off when the window ends', async () => {
    await given({ maintenance: on('schedule') }, { windows: [aWindow(-60, -1)] });
    await follow();
    expect(await item()).toMatchObject({ state: 'switching', maintenance: { state: 'off', cause: 'schedule' } });
  });

  test('F4: leaves a site alone whose lock is on', async () => {
    await given({ hold: true, maintenance: { ...on('request'), state: 'off' } }, { windows: [aWindow(-1, 60)] });
    await follow();
    expect([started(), (await item()).state]).toEqual([[], 'live']);
  });

  test('F4: waits for another operation, and is called by the next sweep', async () => {
    const operation = { name: 'change', execution: 'x', startedAt: minutes(-1) } as const;
    await given({ state: 'changing', operation }, { windows: [aWindow(-1, 60)] });
    await follow();
    expect(started()).toEqual([]);
    expect(await dueMaintenance(ledger, { now: new Date(Date.now() + 6 * 60_000), limit: 5 })).toEqual([domain]);
  });

  test('starts the workflow of a switch whose worker died before it did', async () => {
    const operation = {
      name: 'switch',
      execution: 'shop_example_test-r2-switch',
      startedAt: minutes(-5),
      from: {},
    } as const;
    await given(
      { state: 'switching', revision: 2, operation, maintenance: on('schedule') },
      { windows: [aWindow(-5, 60)] },
    );
    states.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: 'none', $metadata: {} }));
    await follow();
    expect(started()).toEqual(['shop_example_test-r2-switch']);
  });

  test('does not begin at once what has failed just now, and does half an hour later', async () => {
    const reason = { step: 'ProbePage', error: 'Misconfigured', message: 'Mend it' } as const;
    const last = (ago: number) =>
      ({ name: 'switch', execution: 'x', startedAt: minutes(-ago), endedAt: minutes(-ago) }) as const;
    await given({ reason, last: last(10) }, { windows: [aWindow(-11, 60)] });
    await follow();
    expect(started()).toEqual([]);
    await writeSite(ledger, { ...(await item()), last: last(31) }, { over: await item() });
    await follow();
    expect(started()).toHaveLength(1);
  });

  test('S14: begins nothing while all changes are stopped', async () => {
    await given({}, { windows: [aWindow(-1, 60)] });
    ledger.killSwitch('stopped');
    await follow();
    expect(started()).toEqual([]);
  });

  test('announces a window a day before it begins, once', async () => {
    await given({}, { windows: [{ ...aWindow(23 * 60, 24 * 60), announced: [] }] });
    await follow();
    await follow();
    expect(told()).toEqual(['Maintenance Announced']);
    const { windows, dueAt } = await inputs();
    expect(dueAt).toBe(new Date(Date.parse(windows[0]?.from ?? '') - 3_600_000).toISOString());
  });

  test('asks nothing of a site that was undone, and nothing of the one before it that had its name', async () => {
    await given({ state: 'undone' }, { windows: [aWindow(-1, 60)], dueAt: minutes(-1) });
    await follow();
    expect(await inputs()).toMatchObject({ windows: [] });
    expect(await dueMaintenance(ledger, { now: new Date(), limit: 5 })).toEqual([]);
  });
});

describe('SweepMaintenance', () => {
  const sweep = () => sweepMaintenance({}, context);

  test('F5: ends a window whose end event was lost', async () => {
    await given(
      { maintenance: on('schedule', { until: minutes(-30) }) },
      { windows: [aWindow(-60, -30)], dueAt: minutes(-30) },
    );
    await sweep();
    expect(await item()).toMatchObject({ state: 'switching', maintenance: { state: 'off', cause: 'schedule' } });
  });

  test('ends what a person asked for until then', async () => {
    await given({ maintenance: on('request', { until: minutes(-1) }), hold: true }, { dueAt: minutes(-1) });
    await sweep();
    const after = await item();
    expect(after).toMatchObject({ state: 'switching', maintenance: { state: 'off' } });
    expect(after).not.toHaveProperty('hold');
  });

  test('looks at no site that is not due', async () => {
    await given({ maintenance: on('request', { until: minutes(10) }) }, { dueAt: minutes(10) });
    await sweep();
    expect(await item()).toMatchObject({ state: 'live' });
  });
});

describe('FollowAlarm', () => {
  const changed = () => followAlarm({ resources: [alarm], detail: { alarmName: 'shop-down' } } as never, context);
  const givenWatched = async (more: Partial<SiteItem> = {}, inputs: Partial<MaintenanceItem> = {}) => {
    await given({ site: watched, live: watched, ...more }, inputs);
    await rememberAlarm(ledger, { arn: alarm, domain });
  };

  test('F1: switches the page on when the alarm was bad for three periods', async () => {
    await givenWatched();
    alarmIs('ALARM');
    await changed();
    expect(await item()).toMatchObject({ state: 'switching', maintenance: { state: 'on', cause: 'alarm' } });
  });

  test('F1: has an alarm of one period looked at again two periods later', async () => {
    await givenWatched();
    alarmIs('ALARM', { periods: 1 });
    await changed();
    expect(started()).toEqual([]);
    expect(scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input.Name)).toEqual([
      expect.stringMatching(/-alarm-until$/),
    ]);
  });

  test('W10: goes by the alarm as it is, whatever the event says', async () => {
    await givenWatched();
    await changed();
    expect(started()).toEqual([]);
  });

  test('leaves an alarm alone that is muted', async () => {
    await givenWatched();
    alarmIs('ALARM', { isMuted: true });
    await changed();
    expect(started()).toEqual([]);
  });

  test('F1: tells people once when the alarm is held back', async () => {
    const reading = { state: 'OK', since: minutes(-12), badPeriods: 3, periodSeconds: 60, isMuted: false } as const;
    const flips = [minutes(-20), minutes(-5)];
    await givenWatched({}, { alarm: { arn: alarm, reading, asks: 'off', askedAt: minutes(-5), flips } });
    alarmIs('ALARM');
    await changed();
    await changed();
    expect([told(), started()]).toEqual([['Maintenance Held'], []]);
  });

  test('F1: tells people once that the alarm is not there, and again when it is gone another time', async () => {
    await givenWatched();
    await changed();
    const isGone = () => cloudwatch.on(DescribeAlarmsCommand).resolves({});
    isGone();
    await changed();
    await changed();
    expect([told(), started()]).toEqual([['Alarm Missing'], []]);
    alarmIs('OK', { sinceMinutes: 600 });
    await changed();
    isGone();
    await changed();
    expect(told()).toEqual(['Alarm Missing', 'Alarm Missing']);
  });

  test('has nothing to do for an alarm of no site', async () => {
    await changed();
    expect(cloudwatch.calls()).toEqual([]);
  });
});
