import type { CallSite } from './call-site.ts';
import { type Run, run } from './cell.ts';
import type { Kind } from './kinds.ts';
import type { Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import type { ScenarioName } from './scenarios.ts';

/** One cell of the matrix: a kind of fault at a call site. */
export interface Cell {
  scenario: ScenarioName;
  site: CallSite;
  kind: Kind;
}

/** What came of a cell. Missing: the run never came to that call. None: a stale read had nothing older to answer. */
export interface Verdict extends Cell {
  verdict: 'held' | 'broken' | 'missing' | 'none';
  /** How the operation with the fault ended. */
  first: string;
  broken: string[];
  seconds: number;
}

/** After so many runs an account is so full that looking at it takes longer than another one. */
const RUNS_IN_ONE_PLACE = 16;

/** Runs the cells that `next` hands out, one after the other, and tells what came of each. */
export async function sweep(
  next: () => Promise<Cell | undefined>,
  { wanted, tell }: { wanted: Record<ScenarioName, Picture>; tell: (verdict: Verdict) => void },
): Promise<void> {
  let ground: ProvingGround | undefined;
  try {
    for (let cell = await next(); cell; cell = await next()) {
      if (ground && ground.runs >= RUNS_IN_ONE_PLACE) {
        await ground.close();
        ground = undefined;
      }
      ground ??= await ProvingGround.open();
      const started = performance.now();
      const tried = await tryCell(ground, cell, wanted[cell.scenario]);
      tell({ ...cell, ...tried, seconds: (performance.now() - started) / 1000 });
      // What a broken run leaves behind must not touch the next one.
      if (tried.verdict === 'broken') {
        await ground.close();
        ground = undefined;
      }
    }
  } finally {
    await ground?.close();
  }
}

const VERDICTS = { yes: 'held', no: 'missing', 'nothing older': 'none' } as const satisfies Record<Run['met'], string>;

/** A waiting step looks more or less often, as AWS's delays are drawn: a later look may need more than one run to come. */
const RUNS_UNTIL_MISSING = 4;

async function tryCell(
  ground: ProvingGround,
  { scenario, site, kind }: Cell,
  wanted: Picture,
): Promise<Pick<Verdict, 'verdict' | 'first' | 'broken'>> {
  try {
    let tried: Run = await run(ground, scenario, { site, kind, wanted });
    for (let runs = 1; tried.met === 'no' && tried.broken.length === 0 && runs < RUNS_UNTIL_MISSING; runs++)
      tried = await run(ground, scenario, { site, kind, wanted });
    const { met, first, broken } = tried;
    return { verdict: broken.length > 0 ? 'broken' : VERDICTS[met], first, broken };
  } catch (error) {
    return {
      verdict: 'broken',
      first: 'nothing',
      broken: [`the run itself: ${error instanceof Error ? error.message : error}`],
    };
  }
}
