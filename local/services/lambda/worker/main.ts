// What runs in a function's worker before and around its handler: the part that Lambda's Node.js runtime plays on AWS.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { installAuthorities } from './authorities.ts';
import { installAwsDate } from './aws-date.ts';
import { installAwsTimers } from './aws-timers.ts';
import { installDatagrams } from './datagrams.ts';
import { invocationError, RuntimeError } from './invocation-error.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import type { InvokeMessage, RuntimeMessage, WorkerMessage, WorkerSetup } from './messages.ts';
import { installOutput, speaking } from './output.ts';
import { installSilence } from './silence.ts';
import { installSockets } from './sockets.ts';

const setup = workerData as WorkerSetup;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

installAwsDate(setup.offset);
const timers = installAwsTimers();
installOutput(setup.logFormat);
installSockets(
  setup.routes,
  installSilence(timers, (at) => tell({ type: 'silence', ...(at !== undefined && { at }) })),
);
installDatagrams();
if (setup.authorities) installAuthorities(setup.authorities);
if (setup.compileCache) enableCompileCache(setup.compileCache);

process.on('uncaughtException', (error) => {
  tell({ type: 'broken', error: invocationError(error) });
  process.exit(129);
});
process.on('unhandledRejection', (reason) => {
  tell({ type: 'broken', error: invocationError(new RuntimeError('UnhandledPromiseRejection', String(reason))) });
  process.exit(128);
});

try {
  const handler = await loadHandler(setup.taskRoot, setup.handler);
  if (setup.compileCache) flushCompileCache();
  parentPort?.on('message', (message: RuntimeMessage) => {
    if (message.type === 'invoke') void invoke(handler, message.invocation);
    if (message.type === 'next timer') tellNextTimer();
    if (message.type === 'fire timers') {
      timers.fire(message.until);
      // Sockets that were let go of are closed at the end of this turn: whoever hears of it sees them closed.
      setImmediate(() => setImmediate(tellNextTimer));
    }
  });
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'broken', error: invocationError(error) });
  process.exit(1);
}

function tellNextTimer(): void {
  const at = timers.next();
  tell({ type: 'timer', ...(at === undefined ? {} : { at }) });
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  speaking.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = message.traceId;
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    const payload = JSON.stringify(result === undefined ? null : result);
    if (payload === undefined) throw new Error('Unable to stringify response body');
    tell({ type: 'result', requestId, payload, memoryMb: memoryMb() });
  } catch (thrown) {
    const error = invocationError(thrown);
    console.error('Invoke Error', JSON.stringify({ ...error, stack: error.trace, trace: undefined }));
    tell({ type: 'error', requestId, error, memoryMb: memoryMb() });
  }
}

function contextOf({ requestId, deadline, functionArn }: InvokeMessage): object {
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** What this thread holds, in MB: the process's resident size would count every other function too. */
function memoryMb(): number {
  const { total_physical_size, external_memory } = getHeapStatistics();
  return Math.ceil((total_physical_size + external_memory) / 1_000_000);
}
