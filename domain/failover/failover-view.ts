import * as z from 'zod/mini';
import { ALARM_STATES } from './alarm.ts';
import { HEALTH_CHECK } from './health-check-alarm.ts';
import { MAINTENANCE_CAUSES } from './maintenance.ts';

const instant = z.string().check(z.describe('An instant in UTC'), z.meta({ format: 'date-time' }));

const proof = (description: string) =>
  z
    .object({ at: instant, isReady: z.boolean(), problems: z.array(z.string()), since: z.exactOptional(instant) })
    .check(z.describe(description));

/** The failover of a site in `GET /v1/sites/{domain}`. */
export const failoverView = z.object({
  armed: z.boolean().check(z.describe('Whether viewers would see the page if the origin failed now')),
  why: z.exactOptional(z.string().check(z.describe('Why it is not armed'))),
  on: z
    .enum(['origin', 'page'])
    .check(
      z.describe(
        'Where viewers are led: by request, window or alarm, or by Route 53 itself ("cause": "health-check"), which is known a minute or two later; what CloudFront does itself is not told',
      ),
    ),
  cause: z.exactOptional(z.enum([...MAINTENANCE_CAUSES, HEALTH_CHECK])),
  since: z.exactOptional(instant),
  pageSeenAt: z.exactOptional(
    instant.check(z.describe('When the page was first seen under the names, where Route 53 leads viewers there')),
  ),
  until: z.exactOptional(instant),
  message: z.exactOptional(z.string()),
  hold: z.boolean().check(z.describe('Whether the lock keeps windows and the alarm from switching')),
  page: z.exactOptional(proof('What the last look at the page under the names of the site has found')),
  healthCheck: z.exactOptional(proof('Whether the health check of Route 53 is as it was made; absent where none is')),
  healthCheckAlarm: z.exactOptional(
    proof('Whether the alarm on the health check is as it was made: it tells of a failover, and takes part in none'),
  ),
  certificate: z.exactOptional(proof('What the last look at the certificate that viewers get has found')),
  alarm: z.exactOptional(
    z.object({ arn: z.string(), state: z.enum(ALARM_STATES), since: instant, asks: z.enum(['on', 'off']) }),
  ),
});

export type FailoverView = z.output<typeof failoverView>;
