import type { RetryPolicy } from '@aws-sdk/client-eventbridge';
import type { Draws } from '../../../draws/draws.ts';

// Source: EventBridge User Guide, "Retrying event delivery"; checked 2026-11-22.
const MAX_ATTEMPTS = 185;
const MAX_AGE_SECONDS = 86_400;

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 600;

/** Seconds to wait after `failed` tries of an event that is `ageSeconds` old; undefined when it is given up. */
export function nextTry(
  policy: RetryPolicy | undefined,
  { failed, ageSeconds, draws }: { failed: number; ageSeconds: number; draws: Draws },
): number | undefined {
  const { MaximumRetryAttempts = MAX_ATTEMPTS, MaximumEventAgeInSeconds = MAX_AGE_SECONDS } = policy ?? {};
  if (failed > MaximumRetryAttempts) return undefined;
  const longest = Math.min(FIRST_WAIT_SECONDS * 2 ** (failed - 1), LONGEST_WAIT_SECONDS);
  const seconds = longest * (0.5 + draws.fraction('events:retry') / 2);
  return ageSeconds + seconds > MaximumEventAgeInSeconds ? undefined : seconds;
}
