import { type CertificateView, lastLook } from '../certificates/certificate-row.ts';
import { awsNow } from '../live/aws-time.ts';
import { media } from '../parts/media.ts';
import { FromNow } from '../parts/time.tsx';
import type { Tone } from '../parts/tone.ts';
import type { Leg, Standing, Stop, Way } from './way.ts';
import { type Line, layoutOf } from './way-layout.ts';

const isNarrow = media('(max-width: 900px)');

export const TONES: Record<Standing, Tone> = {
  done: 'good',
  busy: 'busy',
  waiting: 'warn',
  failed: 'bad',
  ready: 'quiet',
  ahead: 'quiet',
  off: 'quiet',
};

/** What a leg's standing is called. */
const WORDS: Record<Standing, string> = {
  done: 'in place',
  busy: 'being made',
  waiting: 'waits',
  failed: 'failed',
  ready: 'stands by',
  ahead: 'not made yet',
  off: 'leads nowhere',
};

const SIGNS: Record<Standing, string> = {
  done: '✓',
  busy: '…',
  waiting: '…',
  failed: '✕',
  ready: '',
  ahead: '',
  off: '',
};

/** As many letters as a box has room for. */
const ROOM = 24;

/** The way of a request as a picture, and each leg in words beneath. */
export function WayPicture({ way, certificates }: { way: Way; certificates: readonly CertificateView[] }) {
  const { width, height, box, boxes, lines } = layoutOf(way, { isNarrow: isNarrow.value });
  return (
    <div class="way">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {lines.map((line) => (
          <Arrow key={`${line.leg.from} ${line.leg.to}`} line={line} />
        ))}
        {boxes.map(({ stop, x, y }) => (
          <g key={stop.id} class="stop" transform={`translate(${x} ${y})`}>
            <rect width={box.width} height={box.height} rx={6} />
            <text x={12} y={stop.detail === '' ? 32 : 22} class="title">
              {stop.title}
            </text>
            <text x={12} y={40} class="detail">
              {cut(stop.detail)}
              <title>{stop.detail}</title>
            </text>
          </g>
        ))}
      </svg>
      <ol class="legs" aria-label="The way of a request">
        {way.legs.map((leg) => (
          <li key={`${leg.from} ${leg.to}`} class={TONES[leg.standing]}>
            <strong>{`${titleOf(way, leg.from)} → ${titleOf(way, leg.to)}`}</strong>{' '}
            <span class="tone">{WORDS[leg.standing]}</span>
            {certificatesOf(leg, certificates).map((each) => (
              <p key={each.validTo}>Certificate: {lastLook(each, awsNow.value)}</p>
            ))}
            {leg.says && leg.probes.every(({ found }) => found !== leg.says) && <p class="muted">{leg.says}</p>}
            <Probes leg={leg} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What a leg has answered last, what it was asked, and when; that nothing was, of one that viewers take. */
function Probes({ leg: { probes, standing } }: { leg: Leg }) {
  if (probes.length === 0)
    return standing === 'done' ? <p class="muted">Not probed yet: a live site is looked at every six hours.</p> : null;
  return (
    <ul class="probes">
      {probes.map(({ at, asked, found, isWell }) => (
        <li key={`${asked} ${found}`}>
          <span class={isWell ? '' : 'bad tone'}>{found}</span>
          <p class="muted small">
            {asked}, <FromNow at={at} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The certificates that are served where a leg ends. */
function certificatesOf({ from, to }: Leg, all: readonly CertificateView[]): CertificateView[] {
  const served = { page: 'page', balancer: 'origin' }[to as string] ?? (from === 'dns' ? 'edge' : undefined);
  return all.filter(({ place }) => place === served);
}

const titleOf = ({ stops }: Way, id: Stop['id']): string => stops.find((stop) => stop.id === id)?.title ?? id;

const cut = (text: string): string => (text.length > ROOM ? `${text.slice(0, ROOM - 1)}…` : text);

/** Where an arrow ends before its box, in the picture's units. */
const TIP = 7;

/** A bend where the page lies aside; a sign in its middle says how it stands. */
function Arrow({ line: { leg, x1, y1, x2, y2 } }: { line: Line }) {
  const isStraight = x1 === x2 || y1 === y2;
  const isDown = isNarrow.value;
  const path = isStraight
    ? `M${x1} ${y1} L${x2} ${y2}`
    : isDown
      ? `M${x1} ${y1} H${x2} V${y2}`
      : `M${x1} ${y1} V${y2} H${x2}`;
  const tip = isDown
    ? `${x2 - TIP / 1.6},${y2 - TIP} ${x2 + TIP / 1.6},${y2 - TIP} ${x2},${y2}`
    : `${x2 - TIP},${y2 - TIP / 1.6} ${x2 - TIP},${y2 + TIP / 1.6} ${x2},${y2}`;
  const middle = isStraight ? { x: (x1 + x2) / 2, y: (y1 + y2) / 2 } : isDown ? { x: x2, y: y1 } : { x: x1, y: y2 };
  return (
    <g class={`leg ${leg.standing} ${TONES[leg.standing]}`}>
      <path d={path} />
      <polygon points={tip} />
      {SIGNS[leg.standing] !== '' && (
        <>
          <circle cx={middle.x} cy={middle.y} r={10} />
          <text x={middle.x} y={middle.y + 4} text-anchor="middle">
            {SIGNS[leg.standing]}
          </text>
        </>
      )}
    </g>
  );
}
