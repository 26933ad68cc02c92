import { useSignal } from '@preact/signals';
import type { FailoverView } from '../../domain/failover/failover-view.ts';
import { instantOf } from '../../domain/failover/local-time.ts';
import type { MaintenanceRequest } from '../../domain/failover/maintenance-schema.ts';
import { readUntil } from '../../domain/failover/read-window.ts';
import { change } from '../api.ts';
import { awsNow } from '../live/aws-time.ts';
import { Question } from '../parts/question.tsx';
import { pathOf } from '../sites/site-path.ts';
import { localOf } from './calendar-span.ts';
import { MessageField } from './message-field.tsx';
import { PagePreview } from './page-preview.tsx';
import { readersZone } from './zone.tsx';

interface SwitchDialogProps {
  domain: string;
  /** Whether the page has words that can be replaced. */
  hasMessage: boolean;
  /** What viewers see now. */
  standing: Pick<FailoverView, 'on' | 'cause' | 'message' | 'until' | 'hold'>;
  onDone: () => void;
  onClose: () => void;
}

/** Leads viewers to the page, with a message and an end. */
export function OnDialog({ domain, hasMessage, standing, onDone, onClose }: SwitchDialogProps) {
  // What Route 53 leads there by itself nobody has asked for.
  const isOn = standing.on === 'page' && standing.cause !== 'health-check';
  const message = useSignal(standing.message ?? '');
  // A request is all that stands then: what it leaves out is lost.
  const end = useEnd(isOn ? standing.until : undefined);
  const hold = useSignal(standing.hold);
  const confirm = async () => {
    await change('PUT', `${pathOf(domain)}/maintenance`, {
      state: 'on',
      ...(hasMessage && message.value.trim() !== '' && { message: message.value }),
      ...end.request(),
      ...(hold.value && { hold: true }),
    } satisfies MaintenanceRequest);
    onDone();
  };
  return (
    <Question
      title={isOn ? `Change the maintenance of ${domain}` : `Lead viewers of ${domain} to the maintenance page`}
      verb={isOn ? 'Change' : 'Lead them there'}
      isBlocked={end.problem() !== undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      {hasMessage && (
        <MessageField
          value={message.value}
          onChange={(typed) => {
            message.value = typed;
          }}
        />
      )}
      <EndField end={end} words="Left out: until you lead them back" />
      <HoldField hold={hold} />
      <PagePreview domain={domain} message={hasMessage ? message.value : ''} />
    </Question>
  );
}

/** Leads viewers back to the site. */
export function OffDialog({ domain, onDone, onClose }: Omit<SwitchDialogProps, 'hasMessage' | 'standing'>) {
  const end = useEnd();
  const hold = useSignal(false);
  const confirm = async () => {
    const asked = { state: 'off', ...end.request(), ...(hold.value && { hold: true }) } satisfies MaintenanceRequest;
    await change('PUT', `${pathOf(domain)}/maintenance`, asked);
    onDone();
  };
  return (
    <Question
      title={`Lead viewers of ${domain} back to the site`}
      verb="Lead them back"
      isBlocked={end.problem() !== undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>What asks for the page now, a window that is open or the alarm, asks for it no more.</p>
      <EndField end={end} words="Keeps the page off until then; left out: until something asks for it again" />
      <HoldField hold={hold} />
    </Question>
  );
}

type End = ReturnType<typeof useEnd>;

/** An end that is typed as a local time of the reader. */
function useEnd(until?: string) {
  const local = useSignal(until === undefined ? '' : localOf(readersZone(), new Date(until)));
  const at = () => (local.value === '' ? undefined : instantOf(local.value, readersZone())?.toISOString());
  return {
    local,
    request: (): { until?: string } => {
      const until = at();
      return until === undefined ? {} : { until };
    },
    problem: (): string | undefined => {
      const until = at();
      if (until === undefined) return undefined;
      const read = readUntil(until, awsNow.value);
      return read instanceof Date ? undefined : read.detail;
    },
  };
}

const EndField = ({ end, words }: { end: End; words: string }) => (
  <label class="field">
    Until ({readersZone()})
    <input
      name="until"
      type="datetime-local"
      value={end.local.value}
      onInput={({ currentTarget }) => {
        end.local.value = currentTarget.value;
      }}
    />
    {end.problem() === undefined ? (
      <span class="muted small">{words}</span>
    ) : (
      <span class="bad tone">{end.problem()}</span>
    )}
  </label>
);

const HoldField = ({ hold }: { hold: { value: boolean } }) => (
  <label class="check">
    <input
      type="checkbox"
      name="hold"
      checked={hold.value}
      onChange={({ currentTarget }) => {
        hold.value = currentTarget.checked;
      }}
    />
    Lock it: neither a window nor the alarm switches until the next request
  </label>
);
