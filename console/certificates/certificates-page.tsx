import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { awsNow } from '../live/aws-time.ts';
import { place, setQuery } from '../location.ts';
import { Freshness } from '../parts/freshness.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { useWidth } from '../parts/width.ts';
import { useCertificates } from './all-certificates.ts';
import { AxisHead } from './axis-head.tsx';
import { CertificateCells } from './certificate-cells.tsx';
import { CertificateDialog } from './certificate-dialog.tsx';
import { type CertificateView, isFound, keyOf, standingOf } from './certificate-row.ts';
import { axisOf, ticksOf } from './time-axis.ts';

/** Below this width a row has its bar beneath its words. */
const WIDE_PX = 820;
const ROW_PX = { wide: 58, narrow: 118 };

const MINUTE_MS = 60_000;

/** The certificates of all live sites on a time axis, what ends first first. */
export function CertificatesPage() {
  const feed = useCertificates();
  const table = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(table).value;
  const chartPx = useWidth(chart).value;
  const chosen = useSignal<CertificateView | undefined>(undefined);
  const query = new URLSearchParams(place.value.query);
  const words = query.get('q') ?? '';
  const isUrgent = query.has('urgent');
  // A minute is nothing on this axis: the rows are not made anew each second.
  const minute = Math.floor(awsNow.value.getTime() / MINUTE_MS) * MINUTE_MS;
  const now = useMemo(() => new Date(minute), [minute]);
  const all = feed.value.value;
  const rows = useMemo(
    () => (all ?? []).filter((each) => isFound(each, words) && (!isUrgent || needsPerson(each, now))),
    [all, words, isUrgent, now],
  );
  const axis = useMemo(() => axisOf(all ?? [], now), [all, now]);
  const ticks = useMemo(() => ticksOf(axis, { widthPx: chartPx, now }), [axis, chartPx, now]);
  const filter = (name: string, value: string) => {
    if (value === '') query.delete(name);
    else query.set(name, value);
    setQuery(query);
  };
  return (
    <>
      <div class="head">
        <h1>Certificates</h1>
        {all && all.length > 0 && (
          <p class="muted" role="status">
            {rows.length === all.length ? all.length : `${rows.length} of ${all.length}`}
          </p>
        )}
        <search class="actions">
          <label class="check">
            <input
              type="checkbox"
              checked={isUrgent}
              onChange={({ currentTarget }) => filter('urgent', currentTarget.checked ? 'yes' : '')}
            />
            Those that want a person
          </label>
          <input
            type="search"
            aria-label="Filter by name, renewal, type or address"
            placeholder="Filter"
            value={words}
            onInput={({ currentTarget }) => filter('q', currentTarget.value)}
          />
        </search>
      </div>
      <Freshness feed={feed} />
      {all?.length === 0 && (
        <p class="empty">No certificates are known yet: each live site is looked at within six hours.</p>
      )}
      {all && all.length > 0 && rows.length === 0 && <p class="empty">No certificate is as asked for.</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: thousands of rows, of which few are in the document */}
      <div
        ref={table}
        role="table"
        aria-label="Certificates, what ends first first"
        aria-rowcount={rows.length + 1}
        class={`certificates card ${width >= WIDE_PX ? 'wide' : 'narrow'}`}
        hidden={rows.length === 0}
      >
        <AxisHead chart={chart} axis={axis} ticks={ticks} now={now} />
        <VirtualRows rows={rows} rowPx={width >= WIDE_PX ? ROW_PX.wide : ROW_PX.narrow} keyOf={keyOf}>
          {(certificate) => (
            <CertificateCells
              certificate={certificate}
              axis={axis}
              ticks={ticks}
              now={now}
              onChoose={() => {
                chosen.value = certificate;
              }}
            />
          )}
        </VirtualRows>
      </div>
      {chosen.value && (
        <CertificateDialog
          certificate={chosen.value}
          now={now}
          onClose={() => {
            chosen.value = undefined;
          }}
        />
      )}
    </>
  );
}

function needsPerson(certificate: CertificateView, now: Date): boolean {
  const { tone } = standingOf(certificate, now);
  return tone === 'warn' || tone === 'bad';
}
