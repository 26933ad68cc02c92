import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { awsTime } from '../live/aws-time.ts';
import { untilNextMs } from '../live/cadence.ts';
import { lookAgain } from '../live/feed.ts';
import { Freshness } from '../parts/freshness.tsx';
import { Notice } from '../parts/notice.tsx';
import { Badge, StateBadge } from '../parts/state-badge.tsx';
import { FromNow } from '../parts/time.tsx';
import { type Params, sitePath } from '../route.ts';
import { useSite } from '../sites/site-feed.ts';
import { DrillCard } from './drill-card.tsx';
import { edgesOf, useWindows } from './maintenance-feed.ts';
import { PagePreview } from './page-preview.tsx';
import { Standing } from './standing.tsx';
import { OffDialog, OnDialog } from './switch-dialogs.tsx';
import { WindowDialog } from './window-dialog.tsx';
import { WindowsCard } from './windows-card.tsx';

/** The maintenance of a site: where viewers are led, its windows, its page, and whether it is ready. */
export function SiteMaintenancePage({ params: { domain = '' } }: { params: Params }) {
  const feed = useSite(domain);
  const windows = useWindows(domain);
  const asked = useSignal<'on' | 'off' | 'window' | undefined>(undefined);
  const said = useSignal('');
  // A window begins or ends an operation of the site.
  useEffect(() => {
    if (untilNextMs(edgesOf(windows.value.value ?? []), awsTime()) === 0) feed.refresh();
  }, [windows.seenAt.value]);
  const view = feed.value.value;
  const failover = view?.failover;
  const declared = view?.site.failover;
  const isOn = failover?.on === 'page' && failover.cause !== 'health-check';
  const hasMessage = declared?.page.html === undefined;
  const done = (words = '') => {
    said.value = words;
    lookAgain();
  };
  const close = () => {
    asked.value = undefined;
  };
  const ask = (what: NonNullable<typeof asked.value>) => () => {
    said.value = '';
    asked.value = what;
  };
  return (
    <>
      <p class="small">
        <a href="/maintenance">Maintenance</a>
      </p>
      <div class="head">
        <h1>Maintenance of {view?.displayName ?? domain}</h1>
        {view && <StateBadge state={view.state} />}
        <div class="actions">
          <a class="button" href={sitePath(domain)}>
            The site
          </a>
          {failover && (
            <>
              <button type="button" onClick={ask('window')}>
                Schedule a window …
              </button>
              {isOn && (
                <button type="button" onClick={ask('on')} disabled={STATES[view.state].runs}>
                  Change …
                </button>
              )}
              <button
                type="button"
                class="primary"
                onClick={ask(isOn ? 'off' : 'on')}
                disabled={STATES[view.state].runs}
              >
                {isOn ? 'Lead viewers back …' : 'Lead viewers to the page …'}
              </button>
            </>
          )}
        </div>
      </div>
      <Freshness feed={feed} />
      <p class="status" role="status">
        {said.value}
      </p>
      {view && !declared && <NoPage domain={domain} />}
      {view && failover && declared && (
        <div class="stack">
          <section class="card" aria-label="Where viewers are led">
            <div class="body standing">
              <Standing standing={failover} />
              <Readiness view={view} />
            </div>
          </section>
          {!feed.error.value && windows.error.value && <Freshness feed={windows} />}
          {windows.value.value && (
            <WindowsCard domain={domain} windows={windows.value.value} hasMessage={hasMessage} onDone={done} />
          )}
          <DrillCard domain={domain} onDone={done} />
          <section class="card" aria-label="The page">
            <header>
              <h2>The page</h2>
              {declared.bypass && (
                <p class="muted">
                  Operators who come from {declared.bypass.addresses.join(', ')} see the site meanwhile.
                </p>
              )}
            </header>
            <div class="body">
              <PagePreview domain={domain} message={failover.message ?? ''} />
            </div>
          </section>
        </div>
      )}
      {asked.value === 'on' && failover && (
        <OnDialog domain={domain} hasMessage={hasMessage} standing={failover} onDone={done} onClose={close} />
      )}
      {asked.value === 'off' && <OffDialog domain={domain} onDone={done} onClose={close} />}
      {asked.value === 'window' && (
        <WindowDialog domain={domain} hasMessage={hasMessage} onDone={done} onClose={close} />
      )}
    </>
  );
}

function Readiness({ view: { failover, reason } }: { view: SiteView }) {
  if (!failover) return null;
  const { armed, why, alarm } = failover;
  const problems = [failover.page, failover.healthCheck, failover.healthCheckAlarm, failover.certificate]
    .flatMap((proof) => proof?.problems ?? [])
    .filter((problem) => armed || !why?.includes(problem));
  return (
    <>
      {failover.on === 'origin' && (
        <p>
          {armed ? (
            <Badge tone="good">The page stands by</Badge>
          ) : (
            <Badge tone="warn">The page would not be shown now</Badge>
          )}
          {why !== undefined && <span class="muted"> {why}</span>}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} class="warn tone">
          {problem}
        </p>
      ))}
      {alarm && (
        <p class="muted">
          The alarm {alarm.arn} is {alarm.state} since <FromNow at={alarm.since} />.
        </p>
      )}
      {reason && (
        <Notice tone="bad" title={reason.step}>
          {reason.message}
        </Notice>
      )}
    </>
  );
}

/** How a site gets a page that has none. */
export const NoPage = ({ domain }: { domain: string }) => (
  <div class="empty">
    <p class="title">{domain} has no maintenance page</p>
    <p>
      Declare it with <code>"failover": {'{}'}</code>: <a href={`${sitePath(domain)}/change`}>change the site</a>.
    </p>
  </div>
);
