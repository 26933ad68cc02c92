import { useId } from 'preact/hooks';

/** The time zone of the reader's machine. */
export const readersZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const ALL = Array.from(new Set([readersZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')]));

/** A time zone of the IANA database, found by typing. */
export function ZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const id = useId();
  return (
    <label class="field">
      Time zone
      <input
        required
        name="timeZone"
        list={id}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={id}>
        {ALL.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </label>
  );
}

/** An instant where the reader is, with the day and the time zone: "Thu, 24 Dec 2026, 18:00 CET". */
export const whereYouAre = (at: Date): string => FULL.format(at);

const FULL = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** "Tue, 1 Dec 2026, 02:00 – 04:00 CET" */
export const rangeWhereYouAre = (from: Date, until: Date): string => FULL.formatRange(from, until);
