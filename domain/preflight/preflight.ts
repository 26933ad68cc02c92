import { type CertificatePlace, HOME, mostNames, requestedNames, VIEWERS } from '../certificates/place.ts';
import type { Change } from '../changes/change.ts';
import type { Subnet } from '../servers/instance.ts';
import { isExternal } from '../sites/dns.ts';
import type { Site } from '../sites/site.ts';
import type { EmptyZone } from '../zones/empty-zones.ts';
import type { SeenZone } from '../zones/seen-zone.ts';
import { carryOverFindings } from './carry-over-findings.ts';
import { type Cost, cost } from './cost.ts';
import { type PreflightFinding, SEVERITIES } from './finding.ts';
import type { Limits } from './limits.ts';
import { placeFindings } from './place-findings.ts';
import { type Quota, quotaFindings, quotas, type Usage } from './quotas.ts';
import { conflictFindings, wildcardFindings } from './record-findings.ts';
import { type Wait, waits } from './waits.ts';

/** All that is told beside the changes themselves. */
export interface Preflight {
  findings: PreflightFinding[];
  waits: Wait[];
  quotas: Quota[];
  cost: Cost;
}

interface Looked {
  site: Site;
  changes: readonly Change[];
  zones: readonly SeenZone[];
  passedOver?: readonly EmptyZone[] | undefined;
  /** The certificate that is to be used, where one is there. */
  certificate?: { status?: string } | undefined;
  /** The same of CloudFront's. */
  viewerCertificate?: { status?: string } | undefined;
  usage: Usage;
  limits: Limits;
  /** Those that the load balancer's were chosen from. */
  subnets: readonly Subnet[];
  /** What DNS and the ledger said. */
  seen: readonly PreflightFinding[];
  /** Whether hosted zones of another account were not read, for want of a proof. */
  unread?: boolean;
}

/** What the changes mean before money is spent: findings, the gravest first, waits, quotas and cost. */
export function preflight({
  site,
  changes,
  zones,
  passedOver,
  certificate,
  viewerCertificate,
  usage,
  limits,
  subnets,
  seen,
  unread = false,
}: Looked): Preflight {
  const touched = quotas(changes, { usage, limits, zones, certificateNames: mostNames(site) });
  const findings = [
    ...seen,
    ...carryOverFindings({ zones, passedOver }),
    ...conflictFindings(changes),
    ...wildcardFindings(zones),
    ...placeFindings(site.subnets ?? [], subnets),
    ...quotaFindings(touched, limits),
  ];
  const isPending = (place: CertificatePlace, each: { status?: string } | undefined) =>
    requestedNames(place, site).length > 0 && each !== undefined && each.status !== 'ISSUED';
  return {
    findings: findings.toSorted((one, other) => gravity(one) - gravity(other)),
    waits: waits(changes, {
      findings,
      certificatePending: isPending(HOME, certificate),
      viewerCertificatePending: isPending(VIEWERS, viewerCertificate),
      external: isExternal(site),
      unread,
    }),
    quotas: touched,
    cost: cost(changes, { subnets: site.subnets?.length ?? 0 }),
  };
}

const gravity = ({ severity }: PreflightFinding): number => SEVERITIES.indexOf(severity);
