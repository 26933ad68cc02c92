/** True for failures that may pass: the callee is throttled, broken or unreachable. The others are final at once. */
export function isTransient(error: unknown): boolean {
  const { code, status } = error as { code?: unknown; status?: unknown };
  return (typeof status === 'number' && status >= 500) || (typeof code === 'string' && TRANSIENT.test(code));
}

const TRANSIENT =
  /Throttl|TooManyRequests|InternalFailure|InternalError|InternalServer|ServiceUnavailable|ServiceException|SdkClientException/;
