import { useSignal } from '@preact/signals';
import type { AlertView } from '../../domain/care/view.ts';
import { everyPage } from '../api.ts';
import { useFeed } from '../live/feed.ts';
import { place } from '../location.ts';
import { Freshness } from '../parts/freshness.tsx';
import { AlertCard } from './alert-card.tsx';
import { groupsOf, unreadOf } from './alert-groups.ts';
import { AllIsWell } from './all-is-well.tsx';
import { useOpenAlerts } from './open-alerts.ts';

/** How many alerts of a group are shown before more are asked for. */
const SHOWN = 50;

/** What people were told of: what is open by how grave it is, or what was resolved. */
export function AlertsPage() {
  const query = new URLSearchParams(place.value.query);
  const isResolved = query.get('state') === 'resolved';
  return isResolved ? <Resolved /> : <Open />;
}

function Open() {
  const feed = useOpenAlerts();
  const said = useSignal('');
  const alerts = feed.value.value;
  const unread = alerts ? unreadOf(alerts) : 0;
  return (
    <>
      <Head isResolved={false} {...(alerts && { count: alerts.length, unread })} />
      <Freshness feed={feed} />
      <p class="hidden" role="status">
        {said.value}
      </p>
      {alerts?.length === 0 && <AllIsWell seenAt={feed.seenAt.value} />}
      {groupsOf(alerts ?? []).map(({ severity, title, alerts: of }) => (
        <section key={severity} class="alerts" aria-label={title}>
          <h2>{title}</h2>
          <Cards
            alerts={of}
            onAcknowledged={() => {
              said.value = 'Acknowledged; it stays open until it is mended';
              feed.refresh();
            }}
          />
        </section>
      ))}
    </>
  );
}

function Resolved() {
  const feed = useFeed('alerts resolved', {
    look: (signal) => everyPage<AlertView>('/v1/alerts?limit=100&state=resolved', 'alerts', signal),
  });
  const alerts = feed.value.value;
  return (
    <>
      <Head isResolved />
      <Freshness feed={feed} />
      {alerts?.length === 0 && <p class="empty">No alert was resolved in the last 90 days.</p>}
      <section class="alerts" aria-label="Resolved alerts">
        <Cards alerts={alerts ?? []} />
      </section>
    </>
  );
}

function Cards({ alerts, onAcknowledged }: { alerts: readonly AlertView[]; onAcknowledged?: () => void }) {
  const shown = useSignal(SHOWN);
  const rest = alerts.length - shown.value;
  return (
    <>
      {alerts.slice(0, shown.value).map((alert) => (
        <AlertCard key={alert.id} alert={alert} {...(onAcknowledged && { onAcknowledged })} />
      ))}
      {rest > 0 && (
        <button
          type="button"
          onClick={() => {
            shown.value += SHOWN;
          }}
        >
          Show {Math.min(rest, SHOWN)} more of {rest}
        </button>
      )}
    </>
  );
}

const Head = ({ isResolved, count, unread = 0 }: { isResolved: boolean; count?: number; unread?: number }) => (
  <div class="head">
    <h1>Alerts</h1>
    {count !== undefined && count > 0 && (
      <p class="muted">
        {count} open, {unread === 0 ? 'all acknowledged' : `${unread} not acknowledged`}
      </p>
    )}
    <nav class="tabs actions" aria-label="Which alerts">
      <a href="/alerts" {...(!isResolved && { 'aria-current': 'page' as const })}>
        Open
      </a>
      <a href="/alerts?state=resolved" {...(isResolved && { 'aria-current': 'page' as const })}>
        Resolved
      </a>
    </nav>
  </div>
);
