import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { Execution } from '../execution/execution.ts';
import { MAX_BYTES } from '../execution/visit.ts';
import { uuidOf } from '../language/functions.ts';
import type { Json } from '../language/json.ts';
import { checkName } from '../machines/names.ts';
import { startingRevision } from '../machines/registry.ts';
import type { World } from './world.ts';

/**
 * The same name with the same input is the same execution while it runs; a name is taken for 90 days after.
 * Source: API reference, StartExecution; checked 2026-11-22.
 */
export const startExecution = ({
  host,
  registry,
  engine,
}: World): Operation<StartExecutionInput, StartExecutionOutput> => ({
  resources: ({ stateMachineArn = '*' }) => [stateMachineArn],
  run({ stateMachineArn = '', name: given, input: text = '{}' }) {
    const machine = registry.activeMachine(stateMachineArn);
    const name = given ?? uuidOf(host.draws.hex('states:execution', 32));
    checkName(name);
    const input = inputOf(text);
    const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = registry.findExecution(arn);
    if (known) {
      const same = !known.ending && JSON.stringify(known.input) === JSON.stringify(input);
      if (same) return { executionArn: arn, startDate: known.startDate };
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = new Execution(engine, {
      arn,
      name,
      revision: startingRevision(machine, host.clock.now()),
      input,
    });
    registry.addExecution(execution);
    execution.start();
    return { executionArn: arn, startDate: execution.startDate };
  },
});

function inputOf(text: string): Json {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BYTES}`,
    );
  }
  const invalid = (why: string): AwsError =>
    new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
  if (text === '') throw invalid('Invalid execution input.');
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw invalid(thrown.message);
  }
}
