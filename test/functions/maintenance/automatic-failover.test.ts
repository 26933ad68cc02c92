import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListAlarmMuteRulesCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rememberAlarm } from '../../../aws/ledger/alarm-sites.ts';
import { readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { alarmArn, alarmOf } from '../../../domain/failover/health-check-alarm.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { handler as followAlarm } from '../../../functions/maintenance/follow-alarm.ts';
import { handler as sweepMaintenance } from '../../../functions/maintenance/sweep-maintenance.ts';
import { failoverOf } from '../../../functions/shared/maintenance/failover-view.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover, aSettledSiteItem, aSite } from '../../support/site.ts';
import { context, domain, givenStep, owner } from '../../support/steps.ts';

const ledger = useLedger();
const [states, events, scheduler, cloudwatch] = [
  mockClient(SFNClient),
  mockClient(EventBridgeClient),
  mockClient(SchedulerClient),
  mockClient(CloudWatchClient),
];
const { name } = alarmOf(owner, 'hc-1');
const arn = alarmArn('123456789012', name);
const MINUTE_MS = 60_000;
const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);

function alarmIs(StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', more: MetricAlarm & { from?: Date } = {}): void {
  const { from = ago(3), ...rest } = more;
  const StateReasonData = JSON.stringify({ version: '1.0', startDate: from.toISOString().replace('Z', '+0000') });
  const alarm = { StateValue, StateReasonData, StateTransitionedTimestamp: ago(2), EvaluationPeriods: 1, Period: 60 };
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: name, ...alarm, ...rest }] });
}

beforeEach(() => {
  for (const each of [states, events, scheduler, cloudwatch]) each.reset();
  states.on(StartExecutionCommand).resolves({});
  scheduler.on(CreateScheduleCommand).resolves({});
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }], FailedEntryCount: 0 });
  cloudwatch.on(ListAlarmMuteRulesCommand).resolves({ AlarmMuteRuleSummaries: [] });
});

async function given(more: Partial<SiteItem> & { alarm?: string } = {}): Promise<void> {
  const { alarm, ...item } = more;
  const site = aSite({ failover: { ...aFailover(), ...(alarm !== undefined && { alarm }) } });
  await writeSite(ledger, aSettledSiteItem({ site, live: site, ...item }), { over: undefined });
  await givenStep(ledger, { name: 'CreateAlarm', output: { alarmName: name } });
  await rememberAlarm(ledger, { arn, domain });
}

const record = async () => (await readSite(ledger, domain, { timeline: NEWEST })) as SiteRecord;
const inputs = async () => readMaintenance(ledger, (await record()).item);
const shown = async () => failoverOf(await record(), await inputs(), new Date());
const told = () => events.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.[0]);
const kinds = () => told().map((entry) => entry?.DetailType);
const changed = () => followAlarm({ resources: [arn], detail: { alarmName: name } } as never, context);

describe('FollowAlarm: the alarm on the health check of a site', () => {
  test('#13: tells of a failover that Route 53 has made: since when the check failed, in GET, the timeline and an event, and begins no switch', async () => {
    await given();
    const from = ago(3);
    alarmIs('ALARM', { from });
    await changed();
    expect(await shown()).toMatchObject({ on: 'page', cause: 'health-check', since: from.toISOString() });
    expect((await record()).timeline.map(({ message }) => message)).toEqual([
      expect.stringContaining('because the health check fails since'),
    ]);
    expect(told()).toMatchObject([{ DetailType: 'Failover Began' }]);
    expect(JSON.parse(told()[0]?.Detail ?? '')).toMatchObject({
      domain,
      cause: 'health-check',
      since: from.toISOString(),
      detectedAt: expect.any(String),
      alarm: arn,
    });
    expect(states.calls()).toEqual([]);
  });

  test('#13: tells of the return, how long viewers saw the page, and shows the site again', async () => {
    await given();
    alarmIs('ALARM', { from: ago(30) });
    await changed();
    alarmIs('OK', { from: ago(1), StateTransitionedTimestamp: ago(0) });
    await changed();
    expect(await shown()).toMatchObject({ on: 'origin' });
    expect(kinds()).toEqual(['Failover Began', 'Failover Ended']);
    expect((await record()).timeline.at(-1)?.message).toMatch(/succeeds again since .* after 29 min: Route 53 leads/);
  });

  test('W8: tells once where the event comes twice, also at once', async () => {
    await given();
    alarmIs('ALARM');
    await Promise.all([changed(), changed()]);
    await changed();
    alarmIs('OK');
    await Promise.all([changed(), changed()]);
    expect(kinds()).toEqual(['Failover Began', 'Failover Ended']);
  });

  test('W9: is found by the sweep where its event was lost', async () => {
    await given();
    alarmIs('OK');
    await changed();
    const over = await inputs();
    expect(Date.parse(over.dueAt ?? '')).toBeGreaterThan(Date.now());
    alarmIs('ALARM');
    await writeMaintenance(ledger, { ...over, dueAt: ago(1).toISOString() }, { over });
    await sweepMaintenance({}, context);
    expect([kinds(), (await shown())?.on]).toEqual([['Failover Began'], 'page']);
    expect(Date.parse((await inputs()).dueAt ?? '') - Date.now()).toBeLessThanOrEqual(15 * MINUTE_MS);
  });

  test('tells with the next call where the bus has refused the event', async () => {
    await given();
    alarmIs('ALARM');
    events.on(PutEventsCommand).rejects(Object.assign(new Error('no'), { name: 'ThrottlingException', $metadata: {} }));
    await expect(changed()).rejects.toMatchObject({ name: 'Throttled' });
    events.reset();
    events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }], FailedEntryCount: 0 });
    await changed();
    expect(kinds()).toEqual(['Failover Began']);
    expect((await record()).timeline).toHaveLength(1);
  });

  test.each<[string, () => void]>([
    ['has no data', () => alarmIs('INSUFFICIENT_DATA')],
    ['has its actions disabled', () => alarmIs('ALARM', { ActionsEnabled: false })],
    [
      'is muted by a rule',
      () => {
        alarmIs('ALARM');
        cloudwatch
          .on(ListAlarmMuteRulesCommand)
          .resolves({ AlarmMuteRuleSummaries: [{ AlarmMuteRuleArn: 'arn:mute' }] });
      },
    ],
    ['is not there', () => cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [] })],
  ])('F1: leaves all as it was where it %s', async (_, becomes) => {
    await given();
    becomes();
    await changed();
    expect([kinds(), (await shown())?.on]).toEqual([[], 'origin']);
  });

  test('F4: does not call it a failover while viewers are led to the page anyway', async () => {
    await given({ maintenance: { state: 'on', cause: 'request', since: ago(60).toISOString() } });
    alarmIs('ALARM');
    await changed();
    expect(kinds()).toEqual([]);
    expect(await shown()).toMatchObject({ on: 'page', cause: 'request' });
  });

  test('tells nothing of a site that is not live yet, or that has none: it was live before there were such alarms', async () => {
    await given({ live: undefined as never });
    alarmIs('ALARM');
    await changed();
    expect([kinds(), cloudwatch.calls()]).toEqual([[], []]);
  });

  test('F1: with "alarm": "health-check" it switches as a named one does: after three bad minutes', async () => {
    await given({ alarm: 'health-check' });
    alarmIs('ALARM', { StateTransitionedTimestamp: ago(1) });
    await changed();
    expect([kinds(), states.calls()]).toEqual([['Failover Began'], []]);
    alarmIs('ALARM', { StateTransitionedTimestamp: ago(2) });
    await changed();
    expect((await record()).item).toMatchObject({ state: 'switching', maintenance: { state: 'on', cause: 'alarm' } });
  });
});
