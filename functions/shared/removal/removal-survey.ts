import type { FailureName } from '../../../domain/errors.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { LeavingPlanView } from '../../../domain/plans/leaving-view.ts';
import type { ZoneDeletions } from '../../../domain/records/deletion-limits.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';

/** What a person says of a removal beforehand. */
export interface RemovalOptions {
  /** Whether the hosted zone that was made for the site stays, even where it could be deleted. */
  retainsZone?: true;
  /** The types and ids of the resources that are kept and unmarked. */
  keeps?: string[];
}

/** What is asked of the function SurveyRemoval. */
export interface RemovalRequest extends RemovalOptions {
  record: SiteRecord;
  /** Whether the answer is shown to a person, and nothing begins. */
  planning: boolean;
  /** ISO 8601 in UTC. */
  now: string;
}

/** What an operation that removes a site has to be allowed. */
export interface RemovalSurvey {
  obstacles: readonly Obstacle[];
  /** What is deleted of zones, where that is limited: in a site that was live. */
  inZones?: ZoneDeletions[];
}

/** What the function answers: a plan, what has to be allowed, or why it could not look. */
export type RemovalAnswer =
  | { plan: LeavingPlanView }
  | { survey: RemovalSurvey }
  | { failure: { name: FailureName; message: string } };
