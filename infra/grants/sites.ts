import { bindingPermissions } from '../../resources/domain-validation/permissions.ts';
import { serverPermissions } from '../../resources/instance/permissions.ts';
import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledger, ledgerOfList, ledgerOfOperation, ledgerOfStep } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, type FunctionGrants } from '../../resources/permissions/statement.ts';
import { askRemoval, askSurvey, lookAround } from './look-around.ts';

/** functions/sites/: the API, and the first and last steps of the workflows. */
export function siteGrants(scope: GrantScope): FunctionGrants {
  const { busArn, workflowArns, scheduleArns } = scope;
  const operation = ledgerOfOperation(scope);
  const step = ledgerOfStep(scope);
  const start = allow(workflowArns, 'states:StartExecution');
  const executions = workflowArns.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`);
  /** Whose the names are, before anything else is told of them. */
  const names = ledger(scope, 'BatchGetItem');
  /** Starts an operation, and sees how one stands. */
  const stop = allow(executions, 'states:StopExecution');
  const operate = [start, allow(executions, 'states:DescribeExecution')];
  return {
    // The operation of an unproven claim that yields is stopped.
    'create-site': [operation, names, askSurvey(scope), ...operate, stop],
    'change-site': [operation, names, askSurvey(scope), ...operate, stop],
    'resume-site': [operation, ...operate],
    'undo-site': [operation, askRemoval(scope), ...operate],
    'delete-site': [operation, askRemoval(scope), ...operate],
    'cancel-site': [operation, start, stop],
    'change-server': [operation, ...serverPermissions(scope)],
    'create-server-credentials': [ledger(scope, 'Query'), ...bindingPermissions(scope)],
    'show-site': [ledger(scope, 'Query', 'GetItem')],
    'list-sites': [ledgerOfList(scope)],
    'show-openapi': [],

    'claim-site': [step],
    'claim-undo': [step],
    'claim-switch': [step],
    'revert-switch': [step, ledger(scope, 'GetItem')],
    'mark-switched': [operation],
    'mark-not-switched': [operation],
    'check-removal': [step, ledger(scope, 'GetItem'), ...lookAround(scope)],
    // Whether the validation records stand that the certificate is renewed by.
    'mark-live': [operation, allow(hostedZones(scope), 'route53:ListResourceRecordSets')],
    // Lets the operation of an earlier version's workflow begin again once the present one is deployed, and stops the former.
    'mark-failed': [
      ledger(scope, 'Query', 'GetItem', 'PutItem'),
      start,
      stop,
      allow(workflowArns, 'states:DescribeStateMachine'),
    ],
    'mark-stopped': [ledger(scope, 'Query', 'GetItem', 'PutItem'), allow([busArn], 'events:PutEvents')],
    // What the maintenance of the site is looked at by.
    'mark-undone': [operation, allow([scheduleArns], 'scheduler:DeleteSchedule')],
  };
}
