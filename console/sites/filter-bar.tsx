import { useEffect, useRef } from 'preact/hooks';
import { SITE_STATES } from '../../domain/sites/life/states.ts';
import type { Filter } from './filter.ts';
import type { SiteRow } from './row.ts';

interface FilterBarProps {
  filter: Filter;
  rows: readonly SiteRow[];
  shown: number;
  onChange: (changed: Partial<Filter>) => void;
}

/** What narrows the list; "/" leads to the text. */
export function FilterBar({ filter, rows, shown, onChange }: FilterBarProps) {
  const text = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || (event.target as Element).matches('input, textarea, select')) return;
      event.preventDefault();
      text.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const wanting = rows.filter(({ needsPerson }) => needsPerson).length;
  const unknown = rows.filter(({ needsPerson }) => needsPerson === undefined).length;
  const states = SITE_STATES.filter((state) => state === filter.state || rows.some((row) => row.state === state));
  return (
    <search class="filters">
      <input
        ref={text}
        type="search"
        aria-label="Filter by domain or tenant"
        placeholder="Filter by domain or tenant"
        value={filter.text}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
      />
      <select
        aria-label="State"
        value={filter.state}
        onChange={(event) => onChange({ state: event.currentTarget.value as Filter['state'] })}
      >
        <option value="">Every state</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {state}
          </option>
        ))}
      </select>
      <label class="check">
        <input
          type="checkbox"
          checked={filter.needsPerson}
          onChange={(event) => onChange({ needsPerson: event.currentTarget.checked })}
        />
        Needs a person ({wanting}
        {unknown > 0 && `, not known of ${unknown.toLocaleString('en')} running`})
      </label>
      <p class="muted" role="status">
        {shown === rows.length ? '' : `${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')}`}
      </p>
    </search>
  );
}
