import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { AwsError } from '../../../wire/service.ts';
import { StateFailure } from '../language/failure.ts';
import { isJsonObject, type Json } from '../language/json.ts';
import type { Calling } from './integration.ts';
import { requestIdFrom } from './sdk-errors.ts';
import { modelOf, sdkService } from './sdk-service.ts';

/** Invokes a function. Throws StateFailure for what it throws, by its error's name, and for what Lambda refuses. */
export async function invokeFunction(
  input: InvocationRequest,
  { dispatch, draws }: Calling,
): Promise<{ answer: InvocationResponse; payload: Json }> {
  let answer: InvocationResponse;
  try {
    answer = (await dispatch({ service: 'lambda', operation: 'Invoke', input })) as InvocationResponse;
  } catch (thrown) {
    throw await lambdaFailure(thrown, requestIdFrom(draws));
  }
  const text = answer.Payload === undefined ? '' : Buffer.from(answer.Payload).toString('utf8');
  if (answer.FunctionError !== undefined) throw functionFailure(text);
  return { answer, payload: payloadOf(text) };
}

/** What a function answered: nothing is an empty object, and text that is not JSON stays as it is (recordings of AWS). */
function payloadOf(text: string): Json {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** The function's own error: its name as the error, its whole report as the cause. */
function functionFailure(text: string): StateFailure {
  const report = text === '' ? {} : (JSON.parse(text) as Json);
  const type = isJsonObject(report) ? report.errorType : undefined;
  if (typeof type === 'string' && type !== '') return new StateFailure(type, text);
  return new StateFailure(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  );
}

/** Lambda's refusals, in the words of the SDK that this integration was made with. */
async function lambdaFailure(thrown: unknown, requestId: string): Promise<StateFailure> {
  if (!(thrown instanceof AwsError)) throw thrown;
  const { code, message } = thrown;
  if (code === 'SdkClientException') return new StateFailure('Lambda.SdkClientException', message);
  const lambda = sdkService('lambda');
  const known = lambda && (await modelOf(lambda)).errors.get(code);
  const status = thrown.status ?? known?.status ?? (code === 'AccessDeniedException' ? 403 : 400);
  const where = `(Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;
  return new StateFailure(known ? `Lambda.${known.name}` : 'Lambda.AWSLambdaException', `${message} ${where}`);
}
