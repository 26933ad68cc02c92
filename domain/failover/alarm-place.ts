import { CLOUDFRONT_REGION } from '../certificates/place.ts';
import type { FieldError } from '../problems/problem.ts';
import type { Site } from '../sites/site.ts';
import { HEALTH_CHECK } from './health-check-alarm.ts';

/**
 * What is wrong with where the alarm of a document is: its events reach the region of the stack from there and from us-east-1 alone, where
 * Route 53 has its metrics.
 */
export function alarmPlaceProblem(
  { failover }: Pick<Site, 'failover'>,
  { account, region }: { account: string; region: string },
): FieldError | undefined {
  const { alarm } = failover ?? {};
  if (alarm === undefined || alarm === HEALTH_CHECK) return undefined;
  const [, , , itsRegion = '', itsAccount = ''] = alarm.split(':');
  const regions = [...new Set([region, CLOUDFRONT_REGION])];
  const pointer = '#/failover/alarm';
  if (itsAccount !== account) {
    const detail = `Cannot follow an alarm of the account ${itsAccount}: name one of ${account}, where Nameplate is`;
    return { pointer, detail };
  }
  if (regions.includes(itsRegion)) return undefined;
  const detail = `Cannot follow an alarm in ${itsRegion}: Nameplate is told of alarms in ${regions.join(' and ')} only; create one there, of the same metric if that is recorded there too`;
  return { pointer, detail };
}
