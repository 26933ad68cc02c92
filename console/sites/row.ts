import type { AlertView } from '../../domain/care/view.ts';
import { STATES } from '../../domain/sites/life/states.ts';
import type { SiteList, SiteView } from '../../domain/sites/view.ts';
import { waitsForPerson } from '../../domain/sites/waits-for-person.ts';
import type { CertificateView } from '../certificates/certificate-row.ts';
import { displayName } from '../parts/display-name.ts';

type Listed = SiteList['sites'][number];

/** A site of the list, with all that is known of it elsewhere. */
export interface SiteRow extends Listed {
  /** What it waits for or why it has stopped, in a sentence; what people were told of it, else. */
  says?: string;
  /** The domain as people read it. */
  displayName: string;
  /** Whether a person has to do something; undefined where that is not known: it runs, and was not looked at by itself. */
  needsPerson: boolean | undefined;
  /** The certificate that ends first of those that viewers see. */
  certificate?: CertificateView;
}

interface Known {
  sites: readonly Listed[];
  /** Those that run, as seen since. */
  running: readonly SiteView[];
  certificates: readonly CertificateView[];
  /** Those that are open. */
  alerts: readonly AlertView[];
}

/** The rows of the list, in its order. */
export function rowsOf({ sites, running, certificates, alerts }: Known): SiteRow[] {
  const seen = new Map(running.map((site) => [site.domain, site]));
  const worst = new Map<string, CertificateView>();
  for (const each of certificates) {
    const known = worst.get(each.domain);
    if (each.place !== 'origin' && (!known || each.daysLeft < known.daysLeft)) worst.set(each.domain, each);
  }
  const unread = Map.groupBy(
    alerts.filter(({ acknowledged, severity }) => !acknowledged && severity !== 'info'),
    ({ domain }) => domain,
  );
  return sites.map((site) => {
    const view = seen.get(site.domain);
    const now = view && view.updatedAt >= site.updatedAt ? { ...site, ...statusOf(view) } : site;
    return row(now, { view, certificate: worst.get(site.domain), alerts: unread.get(site.domain) ?? [] });
  });
}

function statusOf({ state, operation, reason, updatedAt }: SiteView): Partial<Listed> {
  return { state, updatedAt, ...(operation && { operation }), ...(reason && { reason }) };
}

interface Beside {
  view: SiteView | undefined;
  certificate: CertificateView | undefined;
  alerts: readonly AlertView[];
}

function row(site: Listed, { view, certificate, alerts }: Beside): SiteRow {
  const { runs, unfinished } = STATES[site.state];
  const waits = runs ? view?.waiting[0]?.for : undefined;
  const stopped = unfinished ? site.reason?.message : undefined;
  const [alert] = alerts;
  const told = alert && `${alert.message}${alerts.length > 1 ? ` (and ${alerts.length - 1} more)` : ''}`;
  const says = stopped ?? waits ?? told;
  return {
    ...site,
    displayName: displayName(site.domain),
    needsPerson: site.state === 'held' || alerts.length > 0 || (runs ? view && waitsForPerson(view) : false),
    ...(says !== undefined && { says }),
    ...(certificate && { certificate }),
  };
}
