import type { Verdict } from '../../../domain/gates/verdict.ts';
import type { EdgeRemoval } from '../../../domain/load-balancers/edge-removals.ts';
import { type EdgeHealth, readiness } from '../../../domain/load-balancers/readiness.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { judgeRemovals } from '../../edge-removals/judge.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf, siteOf } from '../../scope.ts';

/** How the load balancer was seen, and what of the edge is missing, where that was looked at. */
export interface HealthSight {
  health: EdgeHealth;
  removals: readonly EdgeRemoval[];
}

/** What another tool has removed is restored before anything else is said. */
export function judgeHealth({ health, removals }: HealthSight, scope: GateScope): Verdict<Record<string, never>> {
  const { restored, now } = scope;
  return (
    judgeRemovals(removals, { record: recordOf(scope), restored, now }) ?? readiness(health, originOf(siteOf(scope)))
  );
}
