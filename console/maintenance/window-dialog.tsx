import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { change } from '../api.ts';
import { awsNow } from '../live/aws-time.ts';
import { duration } from '../parts/duration.ts';
import { Question } from '../parts/question.tsx';
import { pathOf } from '../sites/site-path.ts';
import type { WindowView } from './calendar-blocks.ts';
import { MessageField } from './message-field.tsx';
import { draftOf, newDraft, readDraft, requestOf, type WindowDraft } from './window-draft.ts';
import { readersZone, whereYouAre, ZoneField } from './zone.tsx';

interface WindowDialogProps {
  domain: string;
  /** The one that is changed; absent of a new one. */
  window?: WindowView;
  /** Whether the page has words that can be replaced. */
  hasMessage: boolean;
  onDone: (words: string) => void;
  onClose: () => void;
}

/** Schedules a window in any time zone, or changes one. */
export function WindowDialog({ domain, window, hasMessage, onDone, onClose }: WindowDialogProps) {
  const draft = useSignal<WindowDraft>(window ? draftOf(window, readersZone()) : newDraft(awsNow.value, readersZone()));
  // By the minute: what is said of it is read out anew whenever it changes.
  const minute = Math.floor(awsNow.value.getTime() / 60_000);
  const read = useMemo(() => readDraft(draft.value, new Date(minute * 60_000)), [draft.value, minute]);
  const set = (part: Partial<WindowDraft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const path = `${pathOf(domain)}/maintenance/windows`;
  const confirm = async () => {
    const { from, until } = await (window
      ? change<WindowView>('PUT', `${path}/${encodeURIComponent(window.id)}`, requestOf(draft.value))
      : change<WindowView>('POST', path, requestOf(draft.value)));
    onDone(`Scheduled: the page is on from ${whereYouAre(new Date(from))} until ${whereYouAre(new Date(until))}`);
  };
  return (
    <Question
      title={window ? 'Change the maintenance window' : `Schedule a maintenance window of ${domain}`}
      verb={window ? 'Change' : 'Schedule'}
      isBlocked={'problems' in read}
      onConfirm={confirm}
      onClose={onClose}
    >
      <div class="fields">
        <label class="field">
          From
          <input
            required
            name="from"
            type="datetime-local"
            value={draft.value.from}
            onInput={({ currentTarget }) => set({ from: currentTarget.value })}
          />
        </label>
        <label class="field">
          Until
          <input
            required
            name="until"
            type="datetime-local"
            value={draft.value.until}
            onInput={({ currentTarget }) => set({ until: currentTarget.value })}
          />
        </label>
        <ZoneField value={draft.value.timeZone} onChange={(timeZone) => set({ timeZone })} />
      </div>
      <div class="means" role="status">
        {'problems' in read ? (
          read.problems.map(({ pointer, detail }) => (
            <p key={pointer} class="bad tone">
              {FIELDS[pointer] ?? pointer}: {detail}
            </p>
          ))
        ) : (
          <>
            <p>
              The page is on from {whereYouAre(read.from)} until {whereYouAre(read.until)}, for{' '}
              {duration(read.until.getTime() - read.from.getTime())}; that is announced a day and an hour before.
            </p>
            {read.notes.map((note) => (
              <p key={note} class="warn tone">
                {note}
              </p>
            ))}
          </>
        )}
      </div>
      {hasMessage && <MessageField value={draft.value.message} onChange={(message) => set({ message })} />}
    </Question>
  );
}

const FIELDS: Record<string, string> = { '#/from': 'From', '#/until': 'Until', '#/timeZone': 'Time zone' };
