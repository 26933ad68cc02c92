import { finding } from '../doctor/finding.ts';
import type { Finding } from '../probes/certificate.ts';
import { type Concern, concern } from './concern.ts';

const PAGE = 'page';
const HEALTH_CHECK = 'health check';
const HEALTH_CHECK_ALARM = 'health check alarm';

/** The parts of a site that the hourly look at its failover judges, and no other look. */
export const FAILOVER_AREAS: readonly string[] = [PAGE, HEALTH_CHECK, HEALTH_CHECK_ALARM];

/** What would keep viewers from the page if the origin failed now, or people from knowing it: nobody sees it before (failures F6, R22, R25). */
export function failoverConcerns(
  domain: string,
  {
    page,
    healthCheck = [],
    healthCheckAlarm = [],
  }: {
    page: readonly Finding[];
    healthCheck?: readonly string[] | undefined;
    healthCheckAlarm?: readonly string[] | undefined;
  },
): Concern[] {
  const found: Concern[] = [];
  const [first, ...others] = new Set(page.map(({ message }) => message));
  if (first !== undefined) {
    // What answers is what it is; what does not may answer a moment later.
    const isCertain = page.some(({ reason }) => reason !== 'unreachable');
    const notReady = finding('pageNotReady', { message: first, evidence: others });
    found.push(concern(notReady, { subject: domain, area: PAGE, isCertain }));
  }
  const [ofCheck, ...moreOfCheck] = healthCheck;
  if (ofCheck !== undefined) {
    const notReady = finding('healthCheckNotReady', { message: ofCheck, evidence: moreOfCheck });
    found.push(concern(notReady, { subject: domain, area: HEALTH_CHECK }));
  }
  const [ofAlarm, ...moreOfAlarm] = healthCheckAlarm;
  if (ofAlarm !== undefined) {
    const notReady = finding('healthCheckAlarmNotReady', { message: ofAlarm, evidence: moreOfAlarm });
    found.push(concern(notReady, { subject: domain, area: HEALTH_CHECK_ALARM }));
  }
  return found;
}
