import { type Owner, resourceName } from '../ownership.ts';
import type { Failover } from '../sites/failover.ts';

/** Route 53 records the metrics of health checks in this region alone. Source: Route 53 Developer Guide, "Monitoring health checks using CloudWatch"; checked 2026-11-30. */
export const METRICS_REGION = 'us-east-1';

/** The alarm that tells when Route 53 leads viewers to the page of a site by itself. */
export interface HealthCheckAlarm {
  name: string;
  healthCheckId: string;
}

/** The alarm on a health check. Its name has the id of the check: another check has an alarm of its own. */
export function alarmOf(owner: Owner, healthCheckId: string): HealthCheckAlarm {
  return { name: `${alarmPrefix(owner)}${healthCheckId}`, healthCheckId };
}

/** What the names of all alarms of a site begin with: "Nameplate-np-0123456789ab-". An alarm has no other mark that is part of its ARN. */
export function alarmPrefix({ domain, stack }: Owner): string {
  return `${stack}-${resourceName(domain)}-`;
}

/** The ARN of an alarm of ours. */
export function alarmArn(account: string, name: string): string {
  return `arn:aws:cloudwatch:${METRICS_REGION}:${account}:alarm:${name}`;
}

/** What a document says in place of an ARN for the alarm on its own health check to switch the page. */
export const HEALTH_CHECK = 'health-check';

/** The ARN of the alarm that switches the page of a site on and off; `ours` is that of the alarm on its health check. */
export function drivingAlarm(
  { failover }: { failover?: Pick<Failover, 'alarm'> },
  ours: string | undefined,
): string | undefined {
  return failover?.alarm === HEALTH_CHECK ? ours : failover?.alarm;
}
