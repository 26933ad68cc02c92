import type { Activity } from '../../clock/activity.ts';
import type { Host } from '../../host.ts';
import { AwsError, type Dispatch, type Principal } from '../../wire/service.ts';
import type { ApiIntegration, HttpApi } from './api.ts';
import { internalServerError, message, type Reply, replyOf } from './reply.ts';

/** One call of an integration. */
export interface Invocation {
  integration: ApiIntegration;
  event: object;
  /** The route's ARN: what the function's policy is asked about. */
  sourceArn: string;
}

/** Calls the function and answers with what it says; anything that goes wrong is a bare 500 or 503, as on AWS. */
export async function invokeIntegration(
  { host, dispatch, work }: { host: Host; dispatch: Dispatch; work: Activity },
  { region, name }: HttpApi,
  { integration, event, sourceArn }: Invocation,
): Promise<Reply> {
  const { functionArn, timeoutMs } = integration;
  const call = dispatch({
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) },
    principal: principalOf(integration, sourceArn),
    region,
  }) as Promise<{ FunctionError?: string; Payload?: Uint8Array }>;
  const late = Promise.withResolvers<undefined>();
  const timer = host.clock.after(timeoutMs, () => late.resolve(undefined));
  try {
    const answer = await work.pause(Promise.race([call, late.promise]));
    if (!answer) return { ...message(503, 'Service Unavailable'), integrationError: 'Endpoint request timed out' };
    if (answer.FunctionError !== undefined)
      return {
        ...internalServerError(),
        integrationError: `The function ended with an error: ${answer.FunctionError}`,
      };
    return replyOf(Buffer.from(answer.Payload ?? []).toString('utf8'));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // AWS says it in the access log only, which an API may lack.
    const integrationError = `${error.code}: ${error.message}`;
    console.error(`The API "${name}" cannot call ${functionArn}: ${integrationError}`);
    return { ...(isThrottled(error) ? throttled(host) : internalServerError()), integrationError };
  } finally {
    timer.cancel();
  }
}

const isThrottled = ({ code }: AwsError): boolean => code === 'TooManyRequestsException';

/**
 * What an API answers while Lambda throttles its function. AWS documents none for HTTP APIs; a 500 and a 503 are reported,
 * and never the 429 of Lambda itself.
 * Source: AWS re:Post, "How do I troubleshoot issues for API Gateway endpoints that integrate with Lambda?"; checked 2026-11-29.
 */
function throttled({ draws }: Host): Reply {
  return draws.fraction('apigateway:throttled') < 0.5 ? internalServerError() : message(503, 'Service Unavailable');
}

/** The API itself, for one of its routes; or the integration's role. */
function principalOf({ credentialsArn }: ApiIntegration, sourceArn: string): Principal {
  if (credentialsArn === undefined) return { service: 'apigateway.amazonaws.com', arn: sourceArn, sourceArn };
  const session = credentialsArn.replace(/^arn:aws:iam::(\d+):role\/(?:.*\/)?/, 'arn:aws:sts::$1:assumed-role/');
  return { arn: `${session}/BackplaneAssumeRoleSession`, roleArn: credentialsArn };
}
