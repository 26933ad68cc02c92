import type { ServiceEvent } from '../../../host.ts';
import type { Execution } from '../execution/execution.ts';
import { redriveOf } from './redrive.ts';

/** What an event carries of input and output at most, together. Source: Step Functions guide, "EventBridge payloads"; checked 2026-11-22. */
const MAX_PAYLOAD_BYTES = 248 * 1024;

/** "Step Functions Execution Status Change", as Standard executions send it when they start and end. */
export function statusEvent(execution: Execution, now: Date): ServiceEvent {
  const { arn, name, revision, startDate, stopDate, status, ending } = execution;
  const input = JSON.stringify(execution.input);
  const output = ending?.output === undefined ? null : JSON.stringify(ending.output);
  const fits = (...texts: (string | null)[]) => Buffer.byteLength(texts.join('')) <= MAX_PAYLOAD_BYTES;
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    region: revision.region,
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: revision.stateMachineArn,
      name,
      status,
      startDate: startDate.getTime(),
      stopDate: stopDate?.getTime() ?? null,
      input: fits(input, output) ? input : null,
      output: fits(output) ? output : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redriveDate?.getTime() ?? null,
      ...redriveOf(execution, now),
      inputDetails: { included: fits(input, output) },
      outputDetails: output === null ? null : { included: fits(output) },
      error: ending?.error ?? null,
      cause: ending?.cause ?? null,
    },
  };
}
