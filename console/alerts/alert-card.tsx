import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { AlertView } from '../../domain/care/view.ts';
import { change } from '../api.ts';
import { displayName } from '../parts/display-name.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { Badge } from '../parts/state-badge.tsx';
import { FromNow, Time } from '../parts/time.tsx';
import { sitePath } from '../route.ts';
import { acknowledgedBy, SEVERITY_TONES } from './alert-groups.ts';

interface AlertCardProps {
  alert: AlertView;
  /** Absent of what cannot be acknowledged any more. */
  onAcknowledged?: () => void;
}

/** An alert: what is wrong, what to do, what was seen. */
export function AlertCard({ alert, onAcknowledged }: AlertCardProps) {
  const { id, domain, severity, code, subject, message, evidence, fix, repairedAt } = alert;
  const heading = useRef<HTMLHeadingElement>(null);
  const titled = useId();
  const isRunning = useSignal(false);
  const error = useSignal<Error | undefined>(undefined);
  const acknowledge = async () => {
    isRunning.value = true;
    error.value = undefined;
    try {
      await change('POST', `/v1/alerts/${encodeURIComponent(id)}/acknowledge`);
      // The button goes: who uses the keyboard stays at the alert.
      heading.current?.focus();
      onAcknowledged?.();
    } catch (caught) {
      error.value = caught as Error;
    }
    isRunning.value = false;
  };
  const canAcknowledge = onAcknowledged !== undefined && !alert.acknowledged;
  return (
    <article
      class={`alert ${alert.state === 'resolved' ? 'quiet' : SEVERITY_TONES[severity]}`}
      aria-labelledby={titled}
    >
      <header>
        <Badge tone={alert.state === 'resolved' ? 'quiet' : SEVERITY_TONES[severity]}>{severity}</Badge>
        <a href={sitePath(domain)} title={domain}>
          {displayName(domain)}
        </a>
        <code class="muted">{code}</code>
        <When alert={alert} />
      </header>
      <h3 id={titled} ref={heading} tabIndex={-1}>
        {message}
      </h3>
      <p class="fix">
        <strong>{alert.state === 'resolved' ? 'What was to be done:' : 'What to do:'}</strong> {fix}
      </p>
      {repairedAt !== undefined && (
        <p class="muted">
          Nameplate began to put it back <FromNow at={repairedAt} />.
        </p>
      )}
      <details>
        <summary>What was seen</summary>
        <ul>
          {evidence.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <dl class="facts">
          <dt>Concerns</dt>
          <dd>{subject}</dd>
          <dt>Id</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </dl>
      </details>
      {error.value && <ProblemNotice error={error.value} />}
      {canAcknowledge && (
        <button
          type="button"
          disabled={isRunning.value}
          aria-describedby={titled}
          onClick={() => {
            void acknowledge();
          }}
        >
          {isRunning.value ? 'Acknowledge …' : 'Acknowledge'}
        </button>
      )}
    </article>
  );
}

function When({ alert: { raisedAt, escalatedAt, resolvedAt, acknowledged } }: { alert: AlertView }) {
  return (
    <p class="muted when">
      raised <FromNow at={raisedAt} />
      {escalatedAt !== undefined && (
        <>
          , graver since <FromNow at={escalatedAt} />
        </>
      )}
      {resolvedAt !== undefined && (
        <>
          , resolved <Time at={resolvedAt} />
        </>
      )}
      {acknowledged && (
        <>
          , acknowledged <FromNow at={acknowledged.at} />
          {acknowledgedBy(acknowledged)}
        </>
      )}
    </p>
  );
}
