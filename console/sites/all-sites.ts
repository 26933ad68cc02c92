import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { SiteView } from '../../domain/sites/view.ts';
import { useOpenAlerts } from '../alerts/open-alerts.ts';
import { get } from '../api.ts';
import { useCertificates } from '../certificates/all-certificates.ts';
import { type Feed, useFeed } from '../live/feed.ts';
import { isRunning, type Listed, useListedSites } from './listed-sites.ts';
import { rowsOf, type SiteRow } from './row.ts';

/** At most so many sites that run are looked at one by one: of each, what it waits for. */
const MOST_RUNNING = 40;

/** The domains of those that are. */
const running = signal<readonly string[]>([]);

/** All sites, joined with their certificates and alerts. What runs is followed site by site, and the list seldom meanwhile. */
export function useAllSites(): { rows: SiteRow[] | undefined; feed: Feed<Listed[]>; isWhole: boolean } {
  const feed = useListedSites();
  const views = useFeed('sites running', {
    look: (abort) => Promise.all(running.peek().map((domain) => get<SiteView>(pathOf(domain), abort))),
    isBusy: (sites) => sites.some(isRunning),
  });
  const certificates = useCertificates();
  const alerts = useOpenAlerts();
  const sites = feed.value.value;
  useEffect(() => {
    const found = (sites ?? []).filter(isRunning).slice(0, MOST_RUNNING);
    const domains = found.map(({ domain }) => domain);
    if (domains.join() === running.peek().join()) return;
    running.value = domains;
    views.refresh();
  }, [sites]);
  const known = [sites, views.value.value, certificates.value.value, alerts.value.value] as const;
  const rows = useMemo(() => {
    const [listed, seen = [], ending = [], told = []] = known;
    return listed && rowsOf({ sites: listed, running: seen, certificates: ending, alerts: told });
  }, known);
  return { rows, feed, isWhole: feed.seenAt.value !== undefined };
}

const pathOf = (domain: string): string => `/v1/sites/${encodeURIComponent(domain)}?limit=1`;
