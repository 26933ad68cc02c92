import type { ComponentChildren } from 'preact';
import type { AlertView } from '../../domain/care/view.ts';
import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { waitsForPerson } from '../../domain/sites/waits-for-person.ts';
import { useOpenAlerts } from '../alerts/open-alerts.ts';
import { useCertificates } from '../certificates/all-certificates.ts';
import { lookAgain } from '../live/feed.ts';
import { Actions } from '../operations/actions.tsx';
import { displayName } from '../parts/display-name.ts';
import { Freshness } from '../parts/freshness.tsx';
import { Notice } from '../parts/notice.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { FromNow } from '../parts/time.tsx';
import type { Params } from '../route.ts';
import { Check } from './check.tsx';
import { Facts } from './facts.tsx';
import { NameServers, Records } from './records.tsx';
import { useSite } from './site-feed.ts';
import { Steps } from './steps.tsx';
import { Timeline } from './timeline.tsx';
import { wayOf } from './way.ts';
import { WayPicture } from './way-picture.tsx';

/** A site: the way of a request through it, what runs, what it wants of a person, what happened. */
export function SitePage({ params: { domain = '' } }: { params: Params }) {
  const feed = useSite(domain);
  const certificates = useCertificates();
  const alerts = useOpenAlerts();
  const site = feed.value.value;
  if (!site)
    return (
      <>
        <div class="head">
          <h1>{displayName(domain)}</h1>
        </div>
        <Freshness feed={feed} />
      </>
    );
  // Those of a site that was taken back are gone before the list of all is asked for again.
  const served = STATES[site.state].declared ? (certificates.value.value ?? []) : [];
  const ofSite = <Item extends { domain: string }>(items: readonly Item[] = []) =>
    items.filter((item) => item.domain === site.domain);
  return (
    <>
      <div class="head">
        <h1>{site.displayName}</h1>
        {site.displayName !== site.domain && <code class="muted">{site.domain}</code>}
        <StateBadge state={site.state} />
        {site.operation && (
          <span class="muted">
            {site.operation.name} began <FromNow at={site.operation.startedAt} />
            {site.operation.by !== undefined && `, by ${site.operation.by}`}
          </span>
        )}
        <Actions site={site} onDone={lookAgain} />
      </div>
      <Freshness feed={feed} />
      <div class="stack">
        <Wants site={site} alerts={ofSite(alerts.value.value)} />
        <Card title="The way of a request">
          <WayPicture way={wayOf(site)} certificates={ofSite(served)} />
        </Card>
        {site.nameServers && site.waiting.some(({ step }) => step === 'CheckDelegation') && (
          <NameServers names={site.nameServers} />
        )}
        <Records site={site} />
        <div class="columns">
          <Steps site={site} />
          <div class="stack">
            <Facts site={site} certificates={ofSite(served)} />
            {site.state === 'live' && <Check domain={site.domain} />}
            {site.timeline.length > 0 && <Timeline site={site} />}
          </div>
        </div>
      </div>
    </>
  );
}

/** What a person has stopped, and has had taken back since, is nothing to be told of. */
const isToldOf = ({ reason, state }: SiteView): boolean => reason?.error !== 'Cancelled' || STATES[state].unfinished;

/** Why it is not live, what it waits for, and what people were told of it. */
const Wants = ({ site, alerts }: { site: SiteView; alerts: readonly AlertView[] }) => (
  <>
    {site.reason && isToldOf(site) && (
      <Notice tone={site.state === 'live' ? 'warn' : 'bad'} title={`Stopped at ${site.reason.step}`}>
        {site.reason.message}
      </Notice>
    )}
    {site.waiting.map((waiting) => (
      <Notice
        key={waiting.step}
        tone={waitsForPerson(site) ? 'warn' : 'busy'}
        title={waitsForPerson(site) ? 'Waits for you' : 'Waits'}
      >
        {waiting.for}{' '}
        <span class="muted">
          ({waiting.step}, since <FromNow at={waiting.since} />
          {waiting.until !== undefined && (
            <>
              , at the latest <FromNow at={waiting.until} />
            </>
          )}
          )
        </span>
      </Notice>
    ))}
    {alerts.map((alert) => (
      <Notice key={alert.id} tone={alert.severity === 'error' ? 'bad' : 'warn'}>
        {alert.message} <span class="muted">{alert.fix}</span> <a href="/alerts">Alerts</a>
      </Notice>
    ))}
  </>
);

const Card = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="card" aria-label={title}>
    <header>
      <h2>{title}</h2>
    </header>
    {children}
  </section>
);
