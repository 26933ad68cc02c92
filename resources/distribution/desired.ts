import { type OriginConnection, originConnection } from '../../domain/edges/cdn-origin.ts';
import { edgeOf } from '../../domain/edges/edge.ts';
import { type HealthCheckSettings, healthCheckOf } from '../../domain/failover/health-check.ts';
import type { MaintenanceStanding } from '../../domain/failover/maintenance.ts';
import { showsPage } from '../../domain/failover/shows-page.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { type Cdn, cdnOf, MINIMUM_TLS } from '../../domain/sites/cdn.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';

/** What the document asks of the distribution. */
export interface DesiredDistribution {
  domain: string;
  /** The names that it serves. */
  names: string[];
  /** What plain HTTP gets; "answer": the same as HTTPS. */
  http: 'redirect' | 'reject' | 'answer';
  minimumTls: Cdn['minimumTls'];
  /** What it asks for the viewers. Absent where they connect to something else, and it only shows the page. */
  origin?: DesiredOrigin;
  /** What viewers get while the origin is down. */
  page?: PagePlace;
  /** How operators get past the page. */
  bypass?: DesiredBypass;
  /** Whether every request is answered with the page, and no origin is asked. */
  showsPage: boolean;
}

/** The function that leads them; and where it leads to, in a distribution that asks no origin otherwise. */
export interface DesiredBypass {
  functionArn: string;
  origin?: Pick<HealthCheckSettings, 'originName' | 'type' | 'port'>;
}

export type DesiredOrigin = Cdn & OriginConnection;

/** Where the page is, as the step tells that writes it. */
export type PagePlace = StepOutputs['WritePage'];

/** A distribution that only shows the page answers plain HTTP as the edge does that it stands in for. */
export function desiredDistribution(
  site: Site,
  {
    page,
    functionArn,
    standing,
  }: { page: PagePlace | undefined; functionArn: string | undefined; standing: MaintenanceStanding | undefined },
): DesiredDistribution {
  const { domain, http } = site;
  const { servedBy } = edgeOf(site);
  const checked = healthCheckOf(site);
  const common = {
    domain,
    names: servedNames(site),
    ...(page && { page }),
    ...(functionArn !== undefined && { bypass: { functionArn, ...(checked && { origin: checked }) } }),
    showsPage: showsPage(site, standing),
  };
  if (servedBy !== 'distribution') {
    return { ...common, http: servedBy === 'origin' ? 'answer' : http, minimumTls: MINIMUM_TLS[0] };
  }
  const cdn = cdnOf(site);
  return { ...common, http, minimumTls: cdn.minimumTls, origin: { ...cdn, ...originConnection(site) } };
}
