import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { listingAlarms } from '../../resources/alarm/permissions.ts';
import { pagesOf } from '../../resources/page/permissions.ts';
import { healthChecks } from '../../resources/permissions/health-checks.ts';
import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledger, ledgerOfList, ledgerOfOperation } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, type FunctionGrants, type Grant } from '../../resources/permissions/statement.ts';

/** Where alarms of sites are: in the region of the stack, and where Route 53 has its metrics. */
function ofAlarms({ partition, region, account }: GrantScope, type: string): string[] {
  return [...new Set([region, CLOUDFRONT_REGION])].map(
    (each) => `arn:${partition}:cloudwatch:${each}:${account}:${type}:*`,
  );
}

/** functions/maintenance/: what switches a site to its page and back, on request, by schedule and by alarm. */
export function maintenanceGrants(scope: GrantScope): FunctionGrants {
  const { busArn, workflowArns, scheduleArns, schedulerRoleArn, followArn } = scope;
  const operation = ledgerOfOperation(scope);
  const executions = workflowArns.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`);
  const begin = [allow(workflowArns, 'states:StartExecution'), allow(executions, 'states:DescribeExecution')];
  const schedule: Grant[] = [
    allow([scheduleArns], 'scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'),
    {
      ...allow([schedulerRoleArn], 'iam:PassRole'),
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    },
  ];
  const followNow = allow([followArn], 'lambda:InvokeFunction');
  const alarms = [
    allow(ofAlarms(scope, 'alarm'), 'cloudwatch:DescribeAlarms'),
    allow(ofAlarms(scope, 'alarm-mute-rule'), 'cloudwatch:ListAlarmMuteRules'),
  ];
  const follow = [operation, ...begin, ...schedule, allow([busArn], 'events:PutEvents'), ...alarms];
  return {
    'switch-maintenance': [operation, ...begin, ...schedule],
    'create-window': [operation, ...schedule, followNow],
    'change-window': [operation, ...schedule, followNow],
    'cancel-window': [operation, allow([scheduleArns], 'scheduler:DeleteSchedule'), followNow],
    'list-windows': [ledger(scope, 'Query', 'GetItem')],
    'list-maintenance': [ledgerOfList(scope), ledger(scope, 'BatchGetItem')],
    'prove-pages': [ledgerOfList(scope), allow([scope.proveArn], 'lambda:InvokeFunction')],
    'prove-page': [
      ledger(scope, 'Query', 'GetItem', 'PutItem'),
      allow(healthChecks(scope), 'route53:GetHealthCheck'),
      listingAlarms(scope),
      allow(pagesOf(scope), 's3:PutObject'),
      allow([busArn], 'events:PutEvents'),
      allow([scope.careArn], 'lambda:InvokeFunction'),
    ],
    'drill-site': [
      operation,
      ...alarms,
      allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
      allow(healthChecks(scope), 'route53:GetHealthCheck', 'route53:GetHealthCheckStatus'),
    ],
    'follow-window': follow,
    'follow-alarm': follow,
    'sweep-maintenance': [...follow, ledgerOfList(scope)],
  };
}
