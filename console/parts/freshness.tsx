import { Unreachable } from '../api.ts';
import { awsNow } from '../live/aws-time.ts';
import { ageOf } from '../live/cadence.ts';
import { type Feed, lookAgain } from '../live/feed.ts';
import { Notice } from './notice.tsx';

/** Says that nothing was read yet, how old what is shown is, and why it cannot be looked at. */
export function Freshness({ feed }: { feed: Feed<unknown> }) {
  // Every second anew: what is shown grows old by itself.
  void awsNow.value;
  const error = feed.error.value;
  const seenAt = feed.seenAt.value;
  const age = seenAt === undefined ? undefined : ageOf(Date.now() - seenAt);
  if (error)
    return (
      <Notice tone="bad" {...(error instanceof Unreachable && { title: 'Offline' })}>
        {sentence(error.message)}
        {age && ` Last seen ${age.words}.`}{' '}
        <button type="button" class="small" onClick={lookAgain}>
          Look now
        </button>
      </Notice>
    );
  if (!age)
    return (
      <p class="muted reading" role="status">
        Reading …
      </p>
    );
  return (
    <p class="muted small as-of">
      As of {age.words}
      {age.isOld && (
        <button type="button" class="small" onClick={lookAgain}>
          Refresh
        </button>
      )}
    </p>
  );
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
