import * as z from 'zod/mini';
import { SITE_STATES } from '../sites/life/states.ts';
import { failoverView } from './failover-view.ts';
import { windowList } from './maintenance-schema.ts';

const standing = z.pick(failoverView, {
  on: true,
  cause: true,
  since: true,
  pageSeenAt: true,
  until: true,
  message: true,
  hold: true,
  alarm: true,
});

/** `GET /v1/maintenance`. */
export const maintenanceList = z.object({
  sites: z
    .array(
      z.object({
        domain: z.string(),
        tenant: z.exactOptional(z.string()),
        state: z.enum(SITE_STATES),
        ...standing.shape,
        ...windowList.shape,
      }),
    )
    .check(z.describe('The sites that have a maintenance page, by domain')),
  next: z.exactOptional(z.string().check(z.describe('Where the next page begins: give it as `next`'))),
});

export type MaintenanceList = z.output<typeof maintenanceList>;
