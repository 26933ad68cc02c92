import { type CallSite, nameOf } from './call-site.ts';
import { type Played, run } from './cell.ts';
import { differences, type Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';

/** What runs without a fault come to, for each act: their call sites and the world they leave. */
export interface FaultFree {
  sites: Record<ScenarioName, CallSite[][]>;
  pictures: Record<ScenarioName, Picture[]>;
}

/** How often a scenario runs before its call sites are known. */
const RUNS = 3;

/**
 * Runs each scenario some times without a fault. How often a waiting step looks depends on AWS's delays: a call site is
 * one that every run comes to.
 *
 * @throws {Error} when a run without a fault breaks something, or two of them differ
 */
export async function faultFree(scenarios: readonly ScenarioName[] = SCENARIO_NAMES): Promise<FaultFree> {
  const ground = await ProvingGround.open();
  try {
    const sites: Partial<FaultFree['sites']> = {};
    const pictures: Partial<FaultFree['pictures']> = {};
    for (const scenario of scenarios) {
      const runs: Played[][] = [];
      while (runs.length < RUNS) runs.push(await run(ground, scenario, runs[0] && { wanted: runs[0].map(pictureOf) }));
      const broken = runs.flat().flatMap((one) => one.broken);
      if (broken.length > 0) throw new Error(`Without any fault "${scenario}" breaks: ${broken.join('; ')}`);
      const [first = [], ...others] = runs;
      sites[scenario] = first.map((act, at) => {
        const common = others.map((one) => new Set(one[at]?.sites.map(nameOf)));
        return act.sites.filter((site) => common.every((names) => names.has(nameOf(site))));
      });
      pictures[scenario] = first.map(pictureOf);
    }
    const live = pictures['load-balancer']?.[0]?.things;
    for (const scenario of ['resumed', 'declared again'] as const) {
      const again = pictures[scenario]?.[1]?.things;
      const other = live && again ? differences(live, again) : [];
      if (other.length > 0) throw new Error(`"${scenario}" ends in another world: ${other.join('; ')}`);
    }
    return { sites, pictures } as FaultFree;
  } finally {
    await ground.close();
  }
}

function pictureOf({ picture }: Played): Picture {
  return picture;
}
