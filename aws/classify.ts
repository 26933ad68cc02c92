import { Failure } from '../domain/errors.ts';
import { printable } from '../domain/printable.ts';

/** AWS is busy, or did not answer: the same call may work in a moment. */
const BUSY = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServerException',
  'InternalServiceError',
  'InternalServiceException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'Unavailable',
]);

/** 501 is an operation that isn't there, and no outage. */
const BUSY_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** The network between AWS and us. The outcome of the call is unknown: a step looks at the world before it repeats it. */
const NETWORK = new Set([
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
]);

const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|NotAuthorized|AuthorizationError(Exception)?)$/;

/** "LimitExceededException" (ACM), "LimitsExceeded" (Route 53), "TooManyLoadBalancers" (ELB), "AddressLimitExceeded" (EC2), "ServiceQuotaExceededException" (ACM's ACME). */
const QUOTA =
  /^(ServiceQuotaExceeded(Exception)?|TooMany\w+|LimitsExceeded|\w*LimitExceeded(Exception)?|DelegationSetNotAvailable)$/;

interface AwsErrorShape {
  name: string;
  message: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
}

/**
 * What an error of the SDK means to the workflow; undefined for an unknown code, which must stop the step. A
 * "not found" right after a creation is for the ask that knows how young the thing is.
 *
 * A denial is believed at first sight only. What an attempt whose answer was lost, or a worker that died (`again`), has
 * deleted bears no tag of ours any more, and AWS denies what our tags allow: the step looks at the world once more.
 */
export function classify(error: unknown, { again = false }: { again?: boolean } = {}): Failure | undefined {
  if (error instanceof Failure) return error;
  if (!isAwsError(error)) return undefined;
  const says = `${error.name}: ${sentence(error.message)}`;
  if (isBusy(error)) return new Failure('Throttled', `AWS is busy or unreachable (${says})`, { cause: error });
  if (DENIED.test(error.name)) {
    const message = `AWS denies it (${says}); allow the action to the function's role, then repeat the operation`;
    return new Failure(again || isRepeated(error) ? 'Denied' : 'Refused', message, { cause: error });
  }
  if (QUOTA.test(error.name)) {
    const message = `A quota of the AWS account is reached (${says}); free what is unused or ask for more in Service Quotas, then repeat the operation`;
    return new Failure('QuotaReached', message, { cause: error });
  }
  return undefined;
}

function isAwsError(error: unknown): error is AwsErrorShape {
  return error instanceof Error && ('$metadata' in error || 'code' in error || BUSY.has(error.name));
}

/** Whether the client had sent the same before, and was not answered. */
function isRepeated({ $metadata }: AwsErrorShape): boolean {
  return ($metadata?.attempts ?? 1) > 1;
}

function isBusy({ name, code, $metadata }: AwsErrorShape): boolean {
  return BUSY.has(name) || NETWORK.has(code ?? '') || BUSY_STATUS.has($metadata?.httpStatusCode ?? 0);
}

function sentence(message: string): string {
  return printable(message.trim().replace(/\.+$/, ''));
}
