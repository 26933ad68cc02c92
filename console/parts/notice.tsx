import type { ComponentChildren } from 'preact';
import { Problem } from '../api.ts';
import type { Tone } from './tone.ts';

/** Something to know beside the work: it wants no answer. */
export const Notice = ({ tone, title, children }: { tone: Tone; title?: string; children: ComponentChildren }) => (
  <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'note'}>
    {title && <strong>{title}</strong>}
    <div>{children}</div>
  </div>
);

/** Why a request did not do what it should: the sentence, and each field that is wrong. */
export const ProblemNotice = ({ error }: { error: Error }) => (
  <Notice tone="bad">
    <p>{error.message}</p>
    {error instanceof Problem && error.errors.length > 0 && (
      <ul>
        {error.errors.map(({ pointer, detail }) => (
          <li key={pointer + detail}>
            <code>{pointer}</code> {detail}
          </li>
        ))}
      </ul>
    )}
  </Notice>
);
