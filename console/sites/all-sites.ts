import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteList, SiteView } from '../../domain/sites/view.ts';
import { useOpenAlerts } from '../alerts/open-alerts.ts';
import { get, pages } from '../api.ts';
import { useCertificates } from '../certificates/all-certificates.ts';
import { type Feed, useFeed } from '../live/feed.ts';
import { rowsOf, type SiteRow } from './row.ts';

type Listed = SiteList['sites'][number];

/** At most so many sites that run are looked at one by one: of each, what it waits for. */
const MOST_RUNNING = 40;

/** The domains of those that are. */
const running = signal<readonly string[]>([]);

const isRunning = ({ state }: { state: Listed['state'] }): boolean => STATES[state].runs;

/** All sites, joined with their certificates and alerts. The list is asked for seldom: what runs is followed site by site. */
export function useAllSites(): { rows: SiteRow[] | undefined; feed: Feed<Listed[]>; isWhole: boolean } {
  const feed = useFeed('sites', { look: readSites });
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
  return { rows, feed, isWhole: feed.seen.value.at !== undefined };
}

const pathOf = (domain: string): string => `/v1/sites/${encodeURIComponent(domain)}?limit=1`;

/** A screenful first, which is there at once, and then all others by as many as one request gives. */
async function readSites(abort: AbortSignal, show: (sites: Listed[]) => void): Promise<Listed[]> {
  const first = await get<SiteList>('/v1/sites?limit=100', abort);
  let { sites } = first;
  if (first.next === undefined) return sites;
  show(sites);
  for await (const page of pages<Listed>('/v1/sites?limit=1000', 'sites', abort, first.next)) {
    sites = [...sites, ...page];
    show(sites);
  }
  return sites;
}
