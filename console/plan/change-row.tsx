import { Fragment } from 'preact';
import type { PlanView } from '../../domain/plans/view.ts';
import type { Tone } from '../parts/tone.ts';
import { difference, type Line } from './difference.ts';

export type Change = PlanView['changes'][number];

/** What is done, by a sign, a word and a colour: none of them alone. */
const VERBS: Record<Change['verb'], { sign: string; tone: Tone }> = {
  create: { sign: '+', tone: 'good' },
  update: { sign: '~', tone: 'warn' },
  adopt: { sign: '~', tone: 'warn' },
  restore: { sign: '~', tone: 'warn' },
  delete: { sign: '−', tone: 'bad' },
  unmark: { sign: '~', tone: 'quiet' },
  keep: { sign: '=', tone: 'quiet' },
  retain: { sign: '=', tone: 'quiet' },
  conflict: { sign: '!', tone: 'bad' },
};

/** Where what stands today matters, it is shown at once. */
const OPEN: readonly Change['verb'][] = ['update', 'adopt', 'restore', 'conflict'];

/** A change of one resource, and on demand each of its properties before and after. */
export function ChangeRow({ change: { verb, resource, before, after, message } }: { change: Change }) {
  const { sign, tone } = VERBS[verb];
  const lines = difference(before, verb === 'conflict' ? before : after);
  return (
    <li class={`change ${tone}`}>
      <details open={OPEN.includes(verb)}>
        <summary class="line">
          <span class="sign" aria-hidden="true">
            {sign}
          </span>
          <span class="tone verb">{verb}</span>
          <span class="type">{resource.type}</span>
          <span class="words">{message}</span>
        </summary>
        {lines.length > 0 && <Difference lines={lines} />}
      </details>
    </li>
  );
}

const Difference = ({ lines }: { lines: readonly Line[] }) => (
  <div class="difference">
    {lines.map(({ property, before, after }) =>
      before === after ? (
        <p key={property}>
          {property}: {before}
        </p>
      ) : (
        <Fragment key={property}>
          {before !== undefined && (
            <del>
              − {property}: {before}
            </del>
          )}
          {after !== undefined && (
            <ins>
              + {property}: {after}
            </ins>
          )}
        </Fragment>
      ),
    )}
  </div>
);
