import type { PlanView } from '../../domain/plans/view.ts';
import { NOTHING_ASKED } from '../../domain/preflight/limits.ts';
import { preflight } from '../../domain/preflight/preflight.ts';
import { aSite } from './site.ts';
import { domain } from './steps.ts';
import { aWorld, changes, noUsage } from './world.ts';

/** The plan of a site with subnets in a world, as the API shows it. */
export function aPlanView(world = aWorld()): PlanView {
  const site = aSite({ subnets: ['subnet-0000000a', 'subnet-0000000b'] });
  const list = changes(world, site);
  return {
    id: '0123456789abcdef',
    checksum: 'a'.repeat(64),
    domain,
    createdAt: '2026-11-22T12:00:00.000Z',
    expiresAt: '2026-11-22T12:15:00.000Z',
    // An interface is no record to TypeScript; every state is a plain object.
    changes: list as PlanView['changes'],
    ...preflight({
      site,
      changes: list,
      zones: world.zones,
      usage: noUsage,
      limits: NOTHING_ASKED,
      subnets: [],
      seen: [],
    }),
  };
}
