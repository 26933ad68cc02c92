import type { SendTaskFailureInput, SendTaskHeartbeatInput, SendTaskSuccessInput } from '@aws-sdk/client-sfn';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { MAX_BYTES } from '../execution/visit.ts';
import type { Json } from '../language/json.ts';
import type { World } from './world.ts';

/** Completes a task that waits for its token; what it gives is the task's result. */
export const sendTaskSuccess = ({ engine }: World): Operation<SendTaskSuccessInput, object> => ({
  run({ taskToken = '', output = '' }, { region }) {
    const waiting = engine.tokens.find(taskToken, region);
    waiting.succeed(resultOf(output));
    engine.tokens.close(taskToken);
    return {};
  },
});

export const sendTaskFailure = ({ engine }: World): Operation<SendTaskFailureInput, object> => ({
  run({ taskToken = '', error, cause }, { region }) {
    const waiting = engine.tokens.find(taskToken, region);
    waiting.fail(error ?? 'States.TaskFailed', cause);
    engine.tokens.close(taskToken);
    return {};
  },
});

/** Starts the task's HeartbeatSeconds anew. */
export const sendTaskHeartbeat = ({ engine }: World): Operation<SendTaskHeartbeatInput, object> => ({
  run({ taskToken = '' }, { region }) {
    engine.tokens.find(taskToken, region).beat();
    return {};
  },
});

function resultOf(output: string): Json {
  if (Buffer.byteLength(output) > MAX_BYTES) {
    throw new AwsError('InvalidOutput', `Invalid Output: 'The output is larger than ${MAX_BYTES} bytes'`);
  }
  try {
    return JSON.parse(output) as Json;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new AwsError('InvalidOutput', `Invalid Output: '${thrown.message}'`);
  }
}
