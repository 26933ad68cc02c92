import { Unreachable } from '../api.ts';
import { awsNow } from '../live/aws-time.ts';
import { staleMs } from '../live/cadence.ts';
import type { Feed } from '../live/feed.ts';
import { duration } from './duration.ts';
import { Notice } from './notice.tsx';

/** Says that nothing was read yet, when what is shown is old, and why it cannot be looked at; nothing while all is well. */
export function Freshness({ feed }: { feed: Feed<unknown> }) {
  // Every second anew: what is shown grows old by itself.
  void awsNow.value;
  const error = feed.error.value;
  const seen = feed.seen.value;
  const old = staleMs(seen, Date.now());
  if (!error && feed.value.value === undefined)
    return (
      <p class="muted reading" role="status">
        Reading …
      </p>
    );
  if (!error && old === undefined) return null;
  const last = seen.at === undefined ? '' : ` Last seen ${duration(Date.now() - seen.at)} ago.`;
  return (
    <Notice tone={error ? 'bad' : 'warn'} {...(error instanceof Unreachable && { title: 'Offline' })}>
      {error ? `${sentence(error.message)}${last}` : last.trim()}{' '}
      <button type="button" class="small" onClick={feed.refresh}>
        Look now
      </button>
    </Notice>
  );
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
