import type { FailoverView } from './failover-view.ts';

/** Why viewers see the page, after "since …": "by a maintenance window". */
export const CAUSES_IN_WORDS: Record<NonNullable<FailoverView['cause']>, string> = {
  request: 'as it was asked for',
  schedule: 'by a maintenance window',
  alarm: 'by the alarm of the site',
  'health-check': 'led there by Route 53, since the health check fails',
};
