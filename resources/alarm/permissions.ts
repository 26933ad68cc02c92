import { METRICS_REGION } from '../../domain/failover/health-check-alarm.ts';
import { ledger } from '../permissions/ledger.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, type Grant } from '../permissions/statement.ts';

/** The alarms where the metrics of health checks are, of this stack or all. */
const alarms = ({ partition, account }: GrantScope, names: string): string =>
  `arn:${partition}:cloudwatch:${METRICS_REGION}:${account}:alarm:${names}`;

/** Alarms are listed with the permission for all of them. */
export function listingAlarms(scope: GrantScope): Grant {
  return allow([alarms(scope, '*')], 'cloudwatch:DescribeAlarms');
}

export function alarmPermissions(scope: GrantScope): Grant[] {
  return [
    ledger(scope, 'Query', 'PutItem', 'DeleteItem'),
    listingAlarms(scope),
    // CloudWatch knows no conditions on the tags of alarms for all of these: the name says whose an alarm is.
    allow(
      [alarms(scope, `${scope.stack}-np-*`)],
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:DeleteAlarms',
      'cloudwatch:TagResource',
      'cloudwatch:UntagResource',
    ),
  ];
}
