import type { Draws } from '../../../draws/draws.ts';
import type { Model } from '../../../wire/model.ts';
import { AwsError } from '../../../wire/service.ts';
import { StateFailure } from '../language/failure.ts';
import { uuidOf } from '../language/functions.ts';

/** What went wrong between the client and the service; no service's own error. */
const CLIENT_ERROR = 'SdkClientException';

/**
 * The failure of a call, named after the SDK for Java's exception: the modelled one, else the service's general one.
 * "Route53.PriorRequestNotCompleteException", "Ec2.Ec2Exception".
 */
export function sdkFailure(
  thrown: unknown,
  { prefix, model, draws }: { prefix: string; model: Model; draws: Draws },
): StateFailure {
  if (!(thrown instanceof AwsError)) throw thrown;
  const { code, message } = thrown;
  if (code === CLIENT_ERROR) return new StateFailure(`${prefix}.${CLIENT_ERROR}`, message);
  const known = model.errors.get(code);
  const status = thrown.status ?? known?.status ?? 400;
  const name = known ? exceptionName(known.name) : `${prefix}Exception`;
  const where = `(Service: ${prefix}, Status Code: ${status}, Request ID: ${requestIdFrom(draws)})`;
  return new StateFailure(`${prefix}.${name}`, `${message} ${where}`);
}

/** Source: aws/aws-sdk-java-v2, codegen DefaultNamingStrategy.getExceptionName; checked 2026-11-22. */
function exceptionName(shape: string): string {
  const name = shape.charAt(0).toUpperCase() + shape.slice(1);
  if (name.endsWith('Exception')) return name;
  return `${name.endsWith('Fault') ? name.slice(0, -'Fault'.length) : name}Exception`;
}

export const requestIdFrom = (draws: Draws): string => uuidOf(draws.hex('states:request-id', 32));
