import { useSignal } from '@preact/signals';
import type { MaintenanceRequest } from '../../domain/failover/maintenance-schema.ts';
import { change } from '../api.ts';
import { Question } from '../parts/question.tsx';
import { pathOf } from '../sites/site-path.ts';
import type { QuestionOf } from './question-of.ts';

/** Leads viewers to the maintenance page, or back to the site. */
export function MaintenanceQuestion({ site, onDone, onClose }: QuestionOf) {
  const isOn = site.failover?.on === 'page';
  const message = useSignal('');
  const until = useSignal('');
  const hold = useSignal(false);
  const confirm = async () => {
    await change('PUT', `${pathOf(site.domain)}/maintenance`, {
      state: isOn ? 'off' : 'on',
      ...(!isOn && message.value.trim() !== '' && { message: message.value }),
      ...(!isOn && until.value !== '' && { until: new Date(until.value).toISOString() }),
      ...(hold.value && { hold: true }),
    } satisfies MaintenanceRequest);
    onDone();
  };
  return (
    <Question
      title={isOn ? `Lead viewers back to ${site.domain}?` : `Show the maintenance page of ${site.domain}?`}
      verb={isOn ? 'Maintenance off' : 'Maintenance on'}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {isOn
          ? 'Viewers see the site again as soon as the switch is done.'
          : 'Viewers get the page with status 503 under the site’s own names and certificate until you end it, or until the time below.'}
      </p>
      {!isOn && (
        <>
          <label class="field">
            What the page says instead of its own words
            <textarea
              rows={2}
              value={message.value}
              onInput={(event) => {
                message.value = event.currentTarget.value;
              }}
            />
          </label>
          <label class="field">
            Until, in your time zone
            <input
              type="datetime-local"
              value={until.value}
              onInput={(event) => {
                until.value = event.currentTarget.value;
              }}
            />
          </label>
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={hold.value}
          onChange={(event) => {
            hold.value = event.currentTarget.checked;
          }}
        />
        Lock it: neither a window nor the alarm switches until another request
      </label>
    </Question>
  );
}
