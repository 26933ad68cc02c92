import { displayName } from '../parts/display-name.ts';
import { Badge } from '../parts/state-badge.tsx';
import { sitePath } from '../route.ts';
import {
  barOf,
  type CertificateView,
  leftWords,
  PLACE_WORDS,
  RENEWAL_WORDS,
  renewalSpan,
  servedWords,
  standingOf,
} from './certificate-row.ts';
import { percentOf, type Tick, type TimeAxis } from './time-axis.ts';

interface CertificateCellsProps {
  certificate: CertificateView;
  axis: TimeAxis;
  ticks: readonly Tick[];
  now: Date;
  onChoose: () => void;
}

const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
export const dateOf = (instant: string | number): string => DATE.format(new Date(instant));

/** The cells of a certificate: whose it is, its lifetime as a bar and in words, what is left of it, how it is renewed. */
export function CertificateCells({ certificate, axis, ticks, now, onChoose }: CertificateCellsProps) {
  const { domain, place, shareLeft, renewal, validFrom, validTo } = certificate;
  const { tone, words } = standingOf(certificate, now);
  const renews = renewalSpan(certificate);
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: of a table that is none of HTML
    <>
      <div role="cell" class="whose">
        <a href={sitePath(domain)} title={domain}>
          {displayName(domain)}
        </a>
        <button type="button" class="plain muted" onClick={onChoose}>
          {PLACE_WORDS[place]}, {servedWords(certificate)}
          <span class="hidden">: details of the certificate of {domain}</span>
        </button>
      </div>
      <div role="cell" class="bar">
        <span class="hidden">
          Issued {dateOf(validFrom)}, {renews && `renewed from ${dateOf(renews.from)} on, `}ends {dateOf(validTo)}
        </span>
        <Bar certificate={certificate} axis={axis} ticks={ticks} now={now} />
      </div>
      <div role="cell" class="left">
        <span class={`${tone} tone`}>{leftWords(certificate, now)}</span>
        <span class="muted">{Math.round(shareLeft * 100)} % of its lifetime</span>
      </div>
      <div role="cell" class="renewal">
        <Badge tone={tone}>{RENEWAL_WORDS[renewal]}</Badge>
        {words !== undefined && <span class="muted">{words}</span>}
      </div>
    </>
    // biome-ignore-end lint/a11y/useSemanticElements: of a table that is none of HTML
  );
}

function Bar({ certificate, axis, ticks, now }: Omit<CertificateCellsProps, 'onChoose'>) {
  const bar = barOf(certificate, axis);
  const at = percentOf(axis, now.getTime());
  // What is cut goes on beyond the edge, which hides its round corners.
  const left = bar.left - (bar.isCutLeft ? 2 : 0);
  const right = bar.left + bar.width + (bar.isCutRight ? 2 : 0);
  const elapsed = Math.min(Math.max(at, left), right) - left;
  return (
    <svg aria-hidden="true" class={standingOf(certificate, now).tone} width="100%" height="100%">
      {ticks.map((tick) => (
        <rect
          key={tick.at}
          class={`tick ${tick.isYear ? 'year' : ''}`}
          x={`${percentOf(axis, tick.at)}%`}
          width="1"
          height="100%"
        />
      ))}
      <rect class="life" x={`${left}%`} width={`${right - left}%`} height="16" rx="4" />
      <rect class="elapsed" x={`${left}%`} width={`${elapsed}%`} height="16" rx="4" />
      {bar.renewal && (
        <rect class="renews" x={`${bar.renewal.left}%`} width={`${bar.renewal.width}%`} height="16" rx="4" />
      )}
      {bar.stages.map((stage) => (
        <rect key={stage} class="stage" x={`${stage}%`} width="1" height="16" />
      ))}
      <rect class="now" x={`${at}%`} width="1.5" height="100%" />
    </svg>
  );
}
