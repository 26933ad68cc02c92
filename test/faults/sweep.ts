import type { CallSite } from './call-site.ts';
import { type Met, type Played, run } from './cell.ts';
import type { Kind } from './kinds.ts';
import type { Picture } from './picture.ts';
import { ProvingGround } from './proving-ground.ts';
import type { ScenarioName } from './scenarios.ts';

/** One cell of the matrix: a kind of fault at a call site of one act. */
export interface Cell {
  scenario: ScenarioName;
  act: number;
  /** Which call of the act it is without a fault. */
  order: number;
  site: CallSite;
  kind: Kind;
}

/** A scenario to be played, each of its acts with the cells that strike it. */
export interface Run {
  scenario: ScenarioName;
  cells: Cell[];
}

/** What came of a cell. Missing: the run never came to that call. None: a stale read had nothing older to answer. */
export interface Verdict extends Cell {
  verdict: 'held' | 'broken' | 'missing' | 'none';
  /** How the act with the fault ended. */
  first: string;
  broken: string[];
  seconds: number;
}

/** What a run came to; `unplayed` are the cells behind an act that broke. */
export interface Swept {
  verdicts: Verdict[];
  unplayed: Cell[];
}

/** After so many runs a place has so much to remember that another one is quicker. */
const RUNS_IN_ONE_PLACE = 60;

/** Plays the runs that `next` hands out, one after the other, and tells what came of each. */
export async function sweep(
  next: () => Promise<Run | undefined>,
  { wanted, tell }: { wanted: Record<ScenarioName, Picture[]>; tell: (swept: Swept) => void },
): Promise<void> {
  let ground: ProvingGround | undefined;
  try {
    for (let one = await next(); one; one = await next()) {
      if (ground && ground.runs >= RUNS_IN_ONE_PLACE) {
        await ground.close();
        ground = undefined;
      }
      ground ??= await ProvingGround.open();
      const { whole, ...swept } = await tryRun(ground, one, wanted[one.scenario]);
      tell(swept);
      // What a broken run leaves behind must not touch the next one.
      if (!whole) {
        await ground.close();
        ground = undefined;
      }
    }
  } finally {
    await ground?.close();
  }
}

const VERDICTS = { yes: 'held', no: 'missing', 'nothing older': 'none' } as const satisfies Record<Met, string>;

async function tryRun(
  ground: ProvingGround,
  { scenario, cells }: Run,
  wanted: readonly Picture[],
): Promise<Swept & { whole: boolean }> {
  const started = performance.now();
  const strikes: Cell[][] = [];
  for (const cell of cells) strikes[cell.act] = [...(strikes[cell.act] ?? []), cell];
  let played: Played[] = [];
  let wrong: string | undefined;
  try {
    played = await run(ground, scenario, { strikes, wanted });
  } catch (error) {
    wrong = `the run itself: ${error instanceof Error ? error.message : error}`;
  }
  const seconds = (performance.now() - started) / 1000 / Math.max(1, cells.length);
  const earliest = Math.min(...cells.map(({ act }) => act));
  const verdicts: Verdict[] = [];
  const unplayed: Cell[] = [];
  for (const cell of cells) {
    const one = played[cell.act];
    const met = one?.met[strikes[cell.act]?.indexOf(cell) ?? 0];
    if (one && met) {
      const verdict = one.broken.length > 0 ? 'broken' : VERDICTS[met];
      verdicts.push({ ...cell, verdict, first: one.first, broken: one.broken, seconds });
    } else if (wrong !== undefined && cell.act === earliest)
      verdicts.push({ ...cell, verdict: 'broken', first: 'nothing', broken: [wrong], seconds });
    else unplayed.push(cell);
  }
  const whole = wrong === undefined && played.every((one) => one.broken.length === 0);
  return { verdicts, unplayed, whole };
}
