import type { ComponentChildren } from 'preact';
import type { SiteView } from '../../domain/sites/view.ts';
import {
  type CertificateView,
  leftWords,
  PLACE_WORDS,
  RENEWAL_WORDS,
  standingOf,
} from '../certificates/certificate-row.ts';
import { awsNow } from '../live/aws-time.ts';
import { maintenancePath } from '../maintenance/maintenance-feed.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Time } from '../parts/time.tsx';
import { money } from '../plan/money.ts';
import { siteCost } from './site-cost.ts';

interface FactsProps {
  site: SiteView;
  certificates: readonly CertificateView[];
}

/** What viewers see, first. */
const byPlace = (a: CertificateView, b: CertificateView): number => PLACES.indexOf(a.place) - PLACES.indexOf(b.place);

const PLACES: readonly CertificateView['place'][] = ['edge', 'origin', 'page'];

/** What is declared and what stands, in short. */
export function Facts({ site, certificates }: FactsProps) {
  const { site: document, nameServers, failover, left = [], liveAt, createdAt } = site;
  const text = JSON.stringify(document, undefined, 2);
  return (
    <section class="card" aria-labelledby="facts">
      <header>
        <h2 id="facts">Facts</h2>
      </header>
      <dl class="site-facts">
        {document.tenant !== undefined && <Fact name="Tenant">{document.tenant}</Fact>}
        {certificates.toSorted(byPlace).map((each) => (
          <Fact key={`${each.place} ${each.validTo}`} name="Certificate">
            <Certificate certificate={each} />
          </Fact>
        ))}
        {failover && (
          <Fact name="Maintenance">
            {pageText(failover)} <a href={maintenancePath(site.domain)}>Windows and drill</a>
          </Fact>
        )}
        {nameServers && <Fact name="Name servers">{nameServers.join(', ')}</Fact>}
        <Fact name="Declared">
          <Time at={createdAt} />
        </Fact>
        {liveAt !== undefined && (
          <Fact name="Live since">
            <Time at={liveAt} />
          </Fact>
        )}
        <Cost site={site} />
        {left.map(({ type, id, why }) => (
          <Fact key={`${type} ${id}`} name="Not removed">
            {type} <code>{id}</code>: {why}
          </Fact>
        ))}
      </dl>
      <details class="site-document">
        <summary>Document</summary>
        <CopyButton text={text} what="the document" />
        <pre>{text}</pre>
      </details>
      <Made site={site} />
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What its resources cost, whatever the traffic. */
function Cost({ site }: { site: SiteView }) {
  const { lines, monthly, monthlyPerCapacityUnit, currency, region, checkedAt } = siteCost(site);
  if (lines.length === 0) return null;
  const more =
    monthlyPerCapacityUnit > 0 ? `, and up to ${money(monthlyPerCapacityUnit, currency)} for each unit of traffic` : '';
  const of = lines.filter((line) => line.monthly > 0).map((line) => `${line.quantity} × ${line.what}`);
  return (
    <Fact name="Cost">
      <span title={of.join('\n')}>
        {money(monthly, currency)} a month{more}
      </span>{' '}
      <span class="muted">
        at prices of {region}, checked {checkedAt}, without tax and free tier
      </span>
    </Fact>
  );
}

function Certificate({ certificate }: { certificate: CertificateView }) {
  const { tone } = standingOf(certificate, awsNow.value);
  const { renewal, place, names, validTo } = certificate;
  return (
    <>
      <strong class={`tone ${tone}`}>{leftWords(certificate, awsNow.value)} left</strong>, until <Time at={validTo} />.{' '}
      {RENEWAL_WORDS[renewal]}; {PLACE_WORDS[place]}. <span class="muted">{names.join(', ')}</span>
    </>
  );
}

/** What stands in the account for the site, by the steps that made it. */
function Made({ site: { steps } }: { site: SiteView }) {
  const made = steps.flatMap((step) => step.made);
  if (made.length === 0) return null;
  return (
    <details class="site-document">
      <summary>{`Resources (${made.length})`}</summary>
      <ul class="site-made">
        {made.map(({ type, id, ours }) => (
          <li key={`${type} ${id}`}>
            {type} <code>{id}</code>
            {!ours && <span class="muted"> was there before</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where viewers are led, in a sentence. */
function pageText({ armed, why, on, until, message, hold }: NonNullable<SiteView['failover']>): string {
  const standing = on === 'page' ? 'Viewers see the page' : armed ? 'The page stands by' : `Not ready: ${why ?? ''}`;
  const more = [until && `until ${until}`, message && `it says "${message}"`, hold && 'locked'];
  return [standing, ...more].filter(Boolean).join(', ');
}
