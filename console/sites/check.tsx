import { useSignal } from '@preact/signals';
import type { SiteCheckView } from '../../domain/doctor/view.ts';
import { change } from '../api.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { Badge } from '../parts/state-badge.tsx';
import { Time } from '../parts/time.tsx';
import type { Tone } from '../parts/tone.ts';

type Finding = SiteCheckView['resources'][number];

const TONES: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warn', info: 'quiet' };

/** The site as seen from outside, asked for by a person: a look costs an invocation. */
export function Check({ domain }: { domain: string }) {
  const report = useSignal<SiteCheckView | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  const isRunning = useSignal(false);
  const look = async () => {
    isRunning.value = true;
    error.value = undefined;
    try {
      report.value = await change<SiteCheckView>('POST', '/v1/checks', { domain });
    } catch (caught) {
      error.value = caught as Error;
    }
    isRunning.value = false;
  };
  return (
    <section class="card" aria-labelledby="check">
      <header>
        <h2 id="check">Seen from outside</h2>
        {report.value && (
          <span class="muted">
            <Time at={report.value.checkedAt} />
          </span>
        )}
        <button type="button" class="small" disabled={isRunning.value} onClick={() => void look()}>
          {isRunning.value ? 'Checking …' : 'Check now'}
        </button>
      </header>
      {error.value && <ProblemNotice error={error.value} />}
      {report.value ? (
        <Report report={report.value} />
      ) : (
        <p class="body muted small">
          Delegation, certificate, page and redirects of every name, and the site’s resources.
        </p>
      )}
    </section>
  );
}

function Report({ report: { names, origin, resources } }: { report: SiteCheckView }) {
  const beside = [...(origin?.findings ?? []), ...resources];
  return (
    <>
      {names.map(({ name, findings, passed }) => (
        <div key={name} class="checked">
          <h3>{name}</h3>
          <Findings findings={findings} />
          <ul>
            {passed.map(({ check, message }) => (
              <li key={check + message}>
                <Badge tone="good">{check}</Badge> <span>{message}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {beside.length > 0 && (
        <div class="checked">
          <h3>Resources</h3>
          <Findings findings={beside} />
        </div>
      )}
    </>
  );
}

const Findings = ({ findings }: { findings: readonly Finding[] }) => (
  <ul>
    {findings.map(({ code, severity, message, fix }) => (
      <li key={code + message}>
        <Badge tone={TONES[severity]}>{code}</Badge>{' '}
        <span>
          {message}. <span class="muted">{fix}</span>
        </span>
      </li>
    ))}
  </ul>
);
