import { useSignal } from '@preact/signals';
import { change } from '../api.ts';
import { Question } from '../parts/question.tsx';
import { Badge } from '../parts/state-badge.tsx';
import type { Tone } from '../parts/tone.ts';
import { pathOf } from '../sites/site-path.ts';
import type { WindowView } from './calendar-blocks.ts';
import { WindowDialog } from './window-dialog.tsx';
import { rangeWhereYouAre } from './zone.tsx';

const TONES: Record<WindowView['state'], Tone> = { ahead: 'busy', open: 'warn', dismissed: 'quiet', over: 'quiet' };

interface WindowsCardProps {
  domain: string;
  windows: readonly WindowView[];
  hasMessage: boolean;
  onDone: (words: string) => void;
}

/** The windows of a site, which can be changed and cancelled until they are over. */
export function WindowsCard({ domain, windows, hasMessage, onDone }: WindowsCardProps) {
  const asked = useSignal<{ window: WindowView; act: 'change' | 'cancel' } | undefined>(undefined);
  const close = () => {
    asked.value = undefined;
  };
  const ask = (window: WindowView, act: 'change' | 'cancel') => () => {
    asked.value = { window, act };
  };
  const cancel = async (window: WindowView) => {
    await change('DELETE', `${pathOf(domain)}/maintenance/windows/${encodeURIComponent(window.id)}`);
    onDone('The window is cancelled');
  };
  return (
    <section class="card" aria-label="Maintenance windows">
      <header>
        <h2>Windows</h2>
        <p class="muted">Those that are over are listed for a week.</p>
      </header>
      {windows.length === 0 && <p class="body muted">{domain} has no maintenance windows.</p>}
      <ul class="windows">
        {windows.map((window) => (
          <li key={window.id}>
            <Badge tone={TONES[window.state]}>{window.state}</Badge>
            <div>
              <p>{rangeOf(window)}</p>
              {window.local && <p class="muted">declared as {declared(window.local)}</p>}
              {window.message !== undefined && <p class="said">“{window.message}”</p>}
            </div>
            {window.state !== 'over' && (
              <div class="actions">
                <button
                  type="button"
                  class="small"
                  aria-label={`Change the window ${rangeOf(window)}`}
                  onClick={ask(window, 'change')}
                >
                  Change
                </button>
                <button
                  type="button"
                  class="small"
                  aria-label={`Cancel the window ${rangeOf(window)}`}
                  onClick={ask(window, 'cancel')}
                >
                  Cancel
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {asked.value?.act === 'change' && (
        <WindowDialog
          domain={domain}
          window={asked.value.window}
          hasMessage={hasMessage}
          onDone={onDone}
          onClose={close}
        />
      )}
      {asked.value?.act === 'cancel' && (
        <Question
          title="Cancel the maintenance window"
          verb="Cancel it"
          isDanger
          onConfirm={cancel.bind(undefined, asked.value.window)}
          onClose={close}
        >
          <p>
            {asked.value.window.state === 'open' ? 'It ends now' : 'It does not begin'}: {rangeOf(asked.value.window)}.
          </p>
        </Question>
      )}
    </section>
  );
}

const rangeOf = ({ from, until }: WindowView): string => rangeWhereYouAre(new Date(from), new Date(until));

function declared({ from, until, timeZone }: NonNullable<WindowView['local']>): string {
  const [day, clock] = from.split('T');
  const [endDay, endClock] = until.split('T');
  return `${day} ${clock} to ${day === endDay ? '' : `${endDay} `}${endClock} in ${timeZone}`;
}
