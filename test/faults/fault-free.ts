import { type CallSite, nameOf } from './call-site.ts';
import { type Run, run } from './cell.ts';
import { differences, type Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';

/** What runs without a fault come to: their call sites and the world they leave. */
export interface FaultFree {
  sites: Record<ScenarioName, CallSite[]>;
  pictures: Record<ScenarioName, Picture>;
}

/** How often a scenario runs before its call sites are known. */
const RUNS = 3;

/**
 * Runs each scenario some times without a fault. How often a waiting step looks depends on AWS's delays: a call site is
 * one that every run comes to.
 *
 * @throws {Error} when a run without a fault breaks something, or two of them differ
 */
export async function faultFree(): Promise<FaultFree> {
  const ground = await ProvingGround.open();
  try {
    const sites: Partial<FaultFree['sites']> = {};
    const pictures: Partial<FaultFree['pictures']> = {};
    for (const scenario of SCENARIO_NAMES) {
      const runs: Run[] = [];
      while (runs.length < RUNS) runs.push(await run(ground, scenario));
      const [first, ...others] = runs;
      if (!first) throw new Error('Cannot compare no runs');
      const broken = runs.flatMap((one) => [
        ...one.broken,
        ...differences(
          [...first.picture.things, ...first.picture.ledger],
          [...one.picture.things, ...one.picture.ledger],
        ),
      ]);
      if (broken.length > 0) throw new Error(`Without any fault "${scenario}" breaks: ${broken.join('; ')}`);
      const common = others.map((one) => new Set(one.sites.map(nameOf)));
      sites[scenario] = first.sites.filter((site) => common.every((names) => names.has(nameOf(site))));
      pictures[scenario] = first.picture;
    }
    const resumed = differences(pictures['load-balancer']?.things ?? [], pictures.resumed?.things ?? []);
    if (resumed.length > 0) throw new Error(`A resumed onboarding ends in another world: ${resumed.join('; ')}`);
    return { sites, pictures } as FaultFree;
  } finally {
    await ground.close();
  }
}
