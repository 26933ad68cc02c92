import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { invalidArgument, notHere } from '../errors.ts';
import { ORIGIN_GROUPS_PER_DISTRIBUTION } from '../quotas.ts';

/** Source: CloudFront Developer Guide, "Optimize high availability with CloudFront origin failover"; checked 2026-11-29. */
const FAILOVER_CODES = [400, 403, 404, 416, 429, 500, 502, 503, 504];

/** Throws for origin groups that CloudFront would not take. */
export function checkOriginGroups({ OriginGroups, Origins }: DistributionConfig): void {
  const groups = OriginGroups?.Items ?? [];
  if (groups.length > ORIGIN_GROUPS_PER_DISTRIBUTION) {
    throw new AwsError('TooManyOriginGroupsPerDistribution', 'Your request contains too many origin groups.');
  }
  const origins = new Set((Origins?.Items ?? []).map(({ Id }) => Id));
  for (const { FailoverCriteria, Members, SelectionCriteria, Id } of groups) {
    if (SelectionCriteria === 'media-quality-based')
      throw notHere('The parameter SelectionCriteria media-quality-based');
    const members = (Members?.Items ?? []).map(({ OriginId }) => OriginId);
    if (members[0] === members[1]) {
      throw invalidArgument('The parameter Members of an origin group must contain two origins.');
    }
    if (!members.every((member) => origins.has(member)) || origins.has(Id)) {
      throw new AwsError('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.');
    }
    const codes = FailoverCriteria?.StatusCodes?.Items ?? [];
    if (codes.length === 0 || !codes.every((code) => FAILOVER_CODES.includes(code))) {
      throw invalidArgument('The parameter StatusCodes contains one or more parameters that are not valid.');
    }
  }
}
