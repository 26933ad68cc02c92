import type { Site } from './site.ts';

/**
 * Whether a failed onboarding takes back what it made, or is held where it stands. Left to us, a site that never was live
 * leaves nothing behind, and one that viewers know is never taken apart unasked.
 */
export function onFailureOf(
  { onFailure }: Pick<Site, 'onFailure'>,
  { wasLive }: { wasLive: boolean },
): 'undo' | 'hold' {
  return onFailure ?? (wasLive ? 'hold' : 'undo');
}
