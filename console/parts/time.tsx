import { awsNow } from '../live/aws-time.ts';
import { fromNow } from './duration.ts';

/** An instant of the API as people see it where they are, with the instant itself in UTC beside. */
export const Time = ({ at }: { at: string }) => (
  <time dateTime={at} title={at}>
    {shown(new Date(at))}
  </time>
);

/** How long ago an instant was, or how far it is ahead, by AWS's clock. */
export const FromNow = ({ at }: { at: string }) => (
  <time dateTime={at} title={at}>
    {fromNow(new Date(at), awsNow.value)}
  </time>
);

const time = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** Without the day where that is today, and without the year where it is this one. */
function shown(at: Date): string {
  const now = awsNow.value;
  if (dayOfYear.format(at) === dayOfYear.format(now)) return time.format(at);
  const date = at.getFullYear() === now.getFullYear() ? day : dayOfYear;
  return `${date.format(at)}, ${time.format(at)}`;
}
