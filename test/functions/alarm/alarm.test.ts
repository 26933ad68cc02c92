import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { rememberAlarm, sitesOfAlarm } from '../../../aws/ledger/alarm-sites.ts';
import { alarmArn, alarmOf } from '../../../domain/failover/health-check-alarm.ts';
import { handler } from '../../../functions/resources/alarm.ts';
import { configOf } from '../../../resources/alarm/config.ts';
import { useLedger } from '../../support/ledger.ts';
import { aFailover } from '../../support/site.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  owner,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const cloudwatch = mockClient(CloudWatchClient);
const prepare = { ...anEvent, phase: 'prepare' as const };
const release = { ...anEvent, phase: 'release' as const };
const { name } = alarmOf(owner, 'hc-1');
const arn = alarmArn('123456789012', name);
const ours = { AlarmName: name, ...configOf({ healthCheckId: 'hc-1' }) };

const having = (...MetricAlarms: MetricAlarm[]) => cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms });
const put = () => cloudwatch.commandCalls(PutMetricAlarmCommand).map(({ args }) => args[0].input);
const deleted = () => cloudwatch.commandCalls(DeleteAlarmsCommand).flatMap(({ args }) => args[0].input.AlarmNames);

beforeEach(() => {
  cloudwatch.reset();
  having();
  for (const each of [PutMetricAlarmCommand, DeleteAlarmsCommand, UntagResourceCommand])
    cloudwatch.on(each as typeof PutMetricAlarmCommand).resolves({});
});

describe('CreateAlarm', () => {
  const given = async () => {
    await givenSite(ledger, { site: { failover: aFailover() } });
    await givenStep(ledger, { name: 'CreateHealthCheck', output: { healthCheckId: 'hc-1' } });
  };

  test('#13: creates one on the first bad minute of the health check, where its metrics are, tagged, and remembers whose it is', async () => {
    await given();
    expect(await handler(prepare, context)).toEqual({ alarmName: name });
    expect(put()).toMatchObject([
      {
        AlarmName: name,
        Namespace: 'AWS/Route53',
        MetricName: 'HealthCheckStatus',
        Dimensions: [{ Name: 'HealthCheckId', Value: 'hc-1' }],
        Statistic: 'Minimum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'missing',
        Tags: ownTags,
      },
    ]);
    expect(await cloudwatch.commandCalls(PutMetricAlarmCommand)[0]?.thisValue.config.region()).toBe('us-east-1');
    expect(await sitesOfAlarm(ledger, arn)).toEqual([domain]);
    expect((await theStep(ledger, 'CreateAlarm')).made).toEqual([{ type: 'alarm', id: name, ours: true }]);
  });

  test('is done where it is there already: a second run changes nothing', async () => {
    await given();
    having(ours);
    expect(await handler(prepare, context)).toEqual({ alarmName: name });
    expect(mutations(cloudwatch)).toEqual([]);
  });

  test.each<[string, MetricAlarm]>([
    ['another threshold', { Threshold: 0 }],
    ['other periods', { EvaluationPeriods: 5, DatapointsToAlarm: 5 }],
    ['another health check', { Dimensions: [{ Name: 'HealthCheckId', Value: 'other' }] }],
  ])('sets back what another tool has given %s, and leaves the actions that a user has added', async (_, changes) => {
    await given();
    const AlarmActions = ['arn:aws:sns:us-east-1:123456789012:pager'];
    having({ ...ours, AlarmActions, ActionsEnabled: false, ...changes });
    await handler(prepare, context);
    expect(put()).toMatchObject([{ ...ours, AlarmActions, ActionsEnabled: false }]);
    expect(put()[0]).not.toHaveProperty('Tags');
  });

  test('says that the account has no room', async () => {
    await given();
    cloudwatch.on(PutMetricAlarmCommand).rejects(awsError('LimitExceeded'));
    await expect(handler(prepare, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });
});

describe('RemoveAlarms', () => {
  const former = { AlarmName: alarmOf(owner, 'hc-0').name, ...configOf({ healthCheckId: 'hc-0' }) };

  test('asks CloudWatch nothing for a site that never had one', async () => {
    await givenUndo(ledger);
    expect(await handler(release, context)).toEqual({ left: [] });
    expect(cloudwatch.calls()).toEqual([]);
  });

  test('deletes the one of a former health check, and not the one that the document uses', async () => {
    await givenSite(ledger, { site: { failover: aFailover() } });
    await givenStep(ledger, { name: 'CreateHealthCheck', output: { healthCheckId: 'hc-1' } });
    await givenStep(ledger, { name: 'CreateAlarm', output: { alarmName: name } });
    having(former, ours);
    await handler(release, context);
    expect(deleted()).toEqual([former.AlarmName]);
  });

  test('deletes it with the site, also where another tool was faster, and forgets whose it was', async () => {
    await rememberAlarm(ledger, { arn, domain });
    await givenUndo(ledger);
    await givenStep(ledger, { name: 'CreateAlarm', output: { alarmName: name } });
    having(ours);
    cloudwatch.on(DeleteAlarmsCommand).rejects(awsError('ResourceNotFound'));
    expect(await handler(release, context)).toEqual({ left: [] });
    expect([deleted(), await sitesOfAlarm(ledger, arn)]).toEqual([[name], []]);
  });

  test('R22: retains it for as long as its health check is', async () => {
    await givenUndo(ledger);
    await givenStep(ledger, { name: 'CreateAlarm', output: { alarmName: name } });
    const why = 'a record uses it';
    await givenStep(ledger, {
      name: 'RemoveHealthChecks',
      output: { left: [{ type: 'health check', id: 'hc-1', why }] },
    });
    having(ours);
    expect(await handler(release, context)).toMatchObject({ left: [{ type: 'alarm', id: name }] });
    expect(deleted()).toEqual([]);
  });
});
