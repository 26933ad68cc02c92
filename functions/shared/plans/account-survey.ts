import type { ValidationRecord } from '../../../domain/certificates/validation-record.ts';
import type { FailureName } from '../../../domain/errors.ts';
import type { PlanItem } from '../../../domain/ledger/plan-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import type { Limits } from '../../../domain/preflight/limits.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { ZoneDeletions } from '../../../domain/records/deletion-limits.ts';
import type { AddressLoss } from '../../../domain/servers/address-loss.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { EmptyZone } from '../../../domain/zones/empty-zones.ts';
import type { Zone } from '../../../domain/zones/longest-match.ts';
import type { Survey } from './check-world.ts';
import type { PlannedChanges } from './plan-changes.ts';

/** What the function SurveyAccount is asked, as JSON. */
export interface SurveyRequest {
  /** The site as its document declares it. */
  declared: Site;
  /** The site as the ledger has it; absent of one that a new site does not build on. */
  record?: SiteRecord | undefined;
  /** Whether for a plan: what it shows as findings is no error, and what a delegation would change is asked of name servers. */
  planning: boolean;
  /** What the plan that is applied was told of the zones to be delegated. */
  undelegated?: PlanItem['undelegated'];
  /** ISO 8601 in UTC. */
  now: string;
}

/** What the account has for a site, and what the site would change there: all that is read of AWS before an operation begins. */
export interface AccountSurvey
  extends Pick<Survey, 'site' | 'names' | 'instance' | 'subnets' | 'reach'>,
    Pick<PlannedChanges, 'changes' | 'obstacles' | 'zones' | 'usage'> {
  /** The public hosted zones of the account that keeps the records. */
  publicZones: Zone[];
  passedOver?: readonly EmptyZone[] | undefined;
  /** The certificate that is to be used, where one is there. */
  certificate?: SurveyedCertificate;
  /** The same of what CloudFront serves. */
  viewerCertificate?: SurveyedCertificate;
  /** What a plan says of the certificate. */
  certificateFindings: PreflightFinding[];
  /** The public address that the instance loses. */
  loss?: AddressLoss | undefined;
  /** What AWS lets the account have of what the changes make more of. */
  limits: Limits;
  /** The same of what a tenant has a share of. */
  granted: Limits['account'];
  /** What a change of a site that was live deletes, by zone; absent where its deletions are not limited. */
  deletions?: ZoneDeletions[];
}

interface SurveyedCertificate {
  status?: string;
  records?: ValidationRecord[];
}

/** What the function answers: a survey, what is wrong with the site's fields, or why it could not look. */
export type SurveyAnswer =
  | { survey: AccountSurvey }
  | { errors: FieldError[] }
  | { failure: { name: FailureName; message: string } };
