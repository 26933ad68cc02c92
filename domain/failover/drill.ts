import * as z from 'zod/mini';

const instant = z.string().check(z.describe('An instant in UTC'), z.meta({ format: 'date-time' }));

/** What a failover needs, in the order in which a drill looks at it. */
export const DRILL_CHECKS = [
  'live',
  'page',
  'certificate',
  'health check',
  'records',
  'alarm',
  'health check alarm',
] as const;

/** `POST /v1/sites/{domain}/drill`. */
export const drillView = z.object({
  domain: z.string(),
  at: instant,
  ready: z.boolean().check(z.describe('Whether viewers would see the page if the origin failed now')),
  checks: z.array(
    z.object({
      check: z.enum(DRILL_CHECKS),
      ok: z.boolean(),
      found: z.string().check(z.describe('What was found')),
      fix: z.exactOptional(z.string()),
    }),
  ),
});

export type Drill = z.output<typeof drillView>;
export type DrillCheck = Drill['checks'][number];
