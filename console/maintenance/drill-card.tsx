import { useSignal } from '@preact/signals';
import type { Drill } from '../../domain/failover/drill.ts';
import { change } from '../api.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { Badge } from '../parts/state-badge.tsx';
import { FromNow } from '../parts/time.tsx';
import { pathOf } from '../sites/site-path.ts';

/** Looks at everything that a failover needs; no traffic is moved. */
export function DrillCard({ domain, onDone }: { domain: string; onDone: () => void }) {
  const drill = useSignal<Drill | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  const isRunning = useSignal(false);
  const run = async () => {
    isRunning.value = true;
    error.value = undefined;
    try {
      drill.value = await change<Drill>('POST', `${pathOf(domain)}/drill`);
      onDone();
    } catch (caught) {
      error.value = caught as Error;
    }
    isRunning.value = false;
  };
  const found = drill.value;
  return (
    <section class="card" aria-label="Drill">
      <header>
        <h2>Drill</h2>
        <p class="muted">Looks at everything that a failover needs; no traffic is moved.</p>
        <button type="button" class="small" disabled={isRunning.value} onClick={() => void run()}>
          {isRunning.value ? 'Looking …' : found ? 'Look again' : 'Look'}
        </button>
      </header>
      <div class="body" role="status" hidden={!found && !error.value}>
        {error.value && <ProblemNotice error={error.value} />}
        {found && (
          <>
            <p class={`${found.ready ? 'good' : 'bad'} tone`}>
              {found.ready ? 'Ready: viewers would see the page if the origin failed now' : 'Not ready'}
              <span class="muted">
                {' '}
                · <FromNow at={found.at} />
              </span>
            </p>
            <ul class="checks">
              {found.checks.map(({ check, ok, found: seen, fix }) => (
                <li key={`${check} ${seen}`}>
                  <Badge tone={ok ? 'good' : 'bad'}>{check}</Badge>
                  <span>
                    {seen}
                    {fix !== undefined && <span class="fix">What to do: {fix}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
