import { useSignal } from '@preact/signals';
import type { SiteView } from '../../domain/sites/view.ts';
import { awsNow } from '../live/aws-time.ts';
import { duration } from '../parts/duration.ts';
import type { Tone } from '../parts/tone.ts';
import { shownSteps } from './shown-steps.ts';

type Step = SiteView['steps'][number];

const TONES: Record<Step['state'], Tone> = { running: 'busy', waiting: 'warn', done: 'good', failed: 'bad' };

const SIGNS: Record<Step['state'], string> = { running: '…', waiting: '…', done: '✔', failed: '✖' };

/** How many of those that ended are shown before all are asked for. */
const NEWEST = 8;

/** The steps of what runs, or of what ran last, as they happen: what goes on first, then the newest. */
export function Steps({ site }: { site: SiteView }) {
  const isWhole = useSignal(false);
  const steps = shownSteps(site);
  if (steps.length === 0) return null;
  const shown = isWhole.value ? steps : steps.slice(0, steps.filter(isOpen).length + NEWEST);
  return (
    <section class="card" aria-labelledby="steps">
      <header>
        <h2 id="steps">Steps</h2>
        <span class="muted">revision {site.revision}</span>
      </header>
      <ol class="steps">
        {shown.map((step) => (
          <li key={step.name} class={TONES[step.state]}>
            <span class="sign tone" aria-hidden="true">
              {SIGNS[step.state]}
            </span>
            <div>
              <strong>{step.name}</strong>
              <span class="hidden">, {step.state}: </span>
              <p class="muted">{step.endedAt === undefined ? (step.waitingFor ?? step.message) : step.message}</p>
            </div>
            <Took step={step} />
          </li>
        ))}
      </ol>
      {shown.length < steps.length && (
        <footer class="body">
          <button
            type="button"
            class="small"
            onClick={() => {
              isWhole.value = true;
            }}
          >{`All ${steps.length} steps`}</button>
        </footer>
      )}
    </section>
  );
}

const isOpen = ({ endedAt }: Step): boolean => endedAt === undefined;

/** How long it took, or has taken yet. */
function Took({ step: { startedAt, endedAt } }: { step: Step }) {
  const end = endedAt === undefined ? awsNow.value.getTime() : Date.parse(endedAt);
  return <span class="took muted">{duration(end - Date.parse(startedAt))}</span>;
}
