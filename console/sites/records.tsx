import type { SiteView } from '../../domain/sites/view.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Badge } from '../parts/state-badge.tsx';
import type { Tone } from '../parts/tone.ts';

type Entry = NonNullable<SiteView['records']>[number];

const TONES: Record<Entry['seen'], Tone> = { seen: 'good', missing: 'warn', wrong: 'bad', unchecked: 'quiet' };

/** What a person enters at another DNS provider, with what its name servers have already, and what is taken out. */
export function Records({ site }: { site: SiteView }) {
  const { records = [], recordsToRemove = [] } = site;
  if (records.length + recordsToRemove.length === 0) return null;
  const left = records.filter(({ seen }) => seen !== 'seen').length;
  return (
    <section class="card" aria-labelledby="records">
      <header>
        <h2 id="records">Records to enter</h2>
        <span class="muted">{left === 0 ? 'all are seen' : `${left} of ${records.length} not seen yet`}</span>
      </header>
      <ul class="records">
        {records.map((entry) => (
          <li key={`${entry.name} ${entry.type}`}>
            <div class="record">
              <Badge tone={TONES[entry.seen]}>{entry.seen}</Badge>
              <Value what="name" text={entry.name} />
              <span class="type">{entry.type}</span>
              <div>
                {entry.values.map((value) => (
                  <Value key={value} what="value" text={value} />
                ))}
              </div>
              <span class="muted">TTL {entry.ttlSeconds} s</span>
            </div>
            <p class="muted">{entry.note}</p>
            {entry.found && <p class="muted">Now there: {entry.found.join(', ')}</p>}
            {entry.hint && <p class="tone bad">{entry.hint}</p>}
          </li>
        ))}
      </ul>
      {recordsToRemove.length > 0 && (
        <>
          <header>
            <h2>Records to take out</h2>
          </header>
          <ul class="records">
            {recordsToRemove.map(({ name, type, values, note }) => (
              <li key={`${name} ${type}`}>
                <div class="record">
                  <Value what="name" text={name} />
                  <span class="type">{type}</span>
                  <code>{values.join(', ')}</code>
                </div>
                <p class="muted">{note}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The name servers to enter where the domain is registered, while that is waited for. */
export const NameServers = ({ names }: { names: readonly string[] }) => (
  <section class="card" aria-labelledby="name-servers">
    <header>
      <h2 id="name-servers">Name servers to enter at the registrar</h2>
      <CopyButton text={names.join('\n')} what="all name servers" />
    </header>
    <ul class="body">
      {names.map((name) => (
        <li key={name}>
          <Value what="name server" text={name} />
        </li>
      ))}
    </ul>
  </section>
);

const Value = ({ what, text }: { what: string; text: string }) => (
  <span class="value">
    <code>{text}</code>
    <CopyButton text={text} what={`${what} ${text}`} />
  </span>
);
