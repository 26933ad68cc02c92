import { StandardRetryStrategy } from '@smithy/core/retry';
import type { RetryErrorInfo, StandardRetryToken } from '@smithy/types';

/** Attempts an SDK client makes for one call. Few: the workflow is the one that retries. */
export const MAX_ATTEMPTS = 3;

/**
 * Codes that the SDK takes for throttling and that no second attempt within seconds can help: a quota, and a zone that
 * is still busy with its last change. Source: THROTTLING_ERROR_CODES of @smithy/core 3.41, checked 2026-11-22.
 */
const NOT_OURS_TO_RETRY = new Set(['LimitExceededException', 'PriorRequestNotComplete']);

/** The SDK's standard retry for throttles and lost connections, without the codes that waiting a second can't mend. */
export class FewAttempts extends StandardRetryStrategy {
  constructor(attempts: number) {
    super(attempts);
  }

  override refreshRetryTokenForRetry(token: StandardRetryToken, failed: RetryErrorInfo): Promise<StandardRetryToken> {
    const hopeless = NOT_OURS_TO_RETRY.has(failed.error?.name ?? '');
    return super.refreshRetryTokenForRetry(token, hopeless ? { ...failed, errorType: 'CLIENT_ERROR' } : failed);
  }
}
