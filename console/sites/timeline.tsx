import { useSignal } from '@preact/signals';
import type { SiteView } from '../../domain/sites/view.ts';
import { get } from '../api.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { Time } from '../parts/time.tsx';
import { pathOf } from './site-path.ts';

type Entry = SiteView['timeline'][number];

/** How much is shown before more is asked for. */
const NEWEST = 14;

/** What happened, the newest first; older pages are asked for. */
export function Timeline({ site }: { site: SiteView }) {
  const older = useSignal<{ entries: Entry[]; next: string | undefined } | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  const isWhole = useSignal(false);
  const entries = [...(older.value?.entries ?? []), ...site.timeline].toReversed();
  const shown = isWhole.value ? entries : entries.slice(0, NEWEST);
  const next = older.value ? older.value.next : site.next;
  const more = async () => {
    if (!isWhole.value) {
      isWhole.value = true;
      return;
    }
    try {
      const page = await get<SiteView>(`${pathOf(site.domain)}?limit=200&next=${encodeURIComponent(next ?? '')}`);
      older.value = { entries: [...page.timeline, ...(older.value?.entries ?? [])], next: page.next };
      error.value = undefined;
    } catch (caught) {
      error.value = caught as Error;
    }
  };
  return (
    <section class="card" aria-labelledby="timeline">
      <header>
        <h2 id="timeline">Timeline</h2>
      </header>
      <ol class="timeline">
        {shown.map((entry) => (
          <li key={`${entry.at} ${entry.step} ${entry.message}`}>
            <span class="muted">
              <Time at={entry.changedAt ?? entry.at} />
            </span>
            <div>
              {entry.step && <strong>{entry.step}: </strong>}
              {entry.message}
              {entry.by && <span class="muted"> by {entry.by}</span>}
            </div>
          </li>
        ))}
      </ol>
      {error.value && <ProblemNotice error={error.value} />}
      {(next !== undefined || shown.length < entries.length) && (
        <footer class="body">
          <button type="button" class="small" onClick={() => void more()}>
            Older
          </button>
        </footer>
      )}
    </section>
  );
}
