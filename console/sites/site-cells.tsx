// biome-ignore-all lint/a11y/useSemanticElements: a table element would lay out all of its rows, not those in sight
import type { ComponentChildren } from 'preact';
import { type CertificateView, leftWords, RENEWAL_WORDS, standingOf } from '../certificates/certificate-row.ts';
import { awsNow } from '../live/aws-time.ts';
import { StateBadge } from '../parts/state-badge.tsx';
import { FromNow } from '../parts/time.tsx';
import { sitePath } from '../route.ts';

import type { SiteRow } from './row.ts';

/** What the list says of one site. */
export const SiteCells = ({ row }: { row: SiteRow }) => (
  <>
    <Cell name="domain">
      <a href={sitePath(row.domain)} title={row.domain}>
        {row.displayName}
      </a>
      {row.tenant !== undefined && <span class="muted"> {row.tenant}</span>}
    </Cell>
    <Cell name="state">
      <StateBadge state={row.state} />
    </Cell>
    <Cell name="says">
      {row.needsPerson && <span class="wants">Needs you</span>}
      <span title={row.says}>{row.says ?? (row.operation ? `${row.operation.name} runs` : '')}</span>
    </Cell>
    <Cell name="certificate">{row.certificate && <DaysLeft certificate={row.certificate} />}</Cell>
    <Cell name="edge">{row.edge}</Cell>
    <Cell name="updated">
      <FromNow at={row.updatedAt} />
    </Cell>
  </>
);

/** How long a certificate lives yet, coloured where that wants a person. */
function DaysLeft({ certificate }: { certificate: CertificateView }) {
  const { tone } = standingOf(certificate, awsNow.value);
  const words = `Ends ${certificate.validTo}. ${RENEWAL_WORDS[certificate.renewal]}`;
  return (
    <span class={tone === 'good' ? '' : `tone ${tone}`} title={words}>
      {leftWords(certificate, awsNow.value)}
    </span>
  );
}

const Cell = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div role="cell" class={`cell ${name}`}>
    {children}
  </div>
);
