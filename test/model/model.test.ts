import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ProvingGround } from '../faults/proving-ground.ts';
import { type Command, commands, does, type Model } from './commands.ts';
import { Play } from './play.ts';

/** How many random stories, and which: `MODEL_RUNS=200 MODEL_SEED=7 npm test -- test/model` for others. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 5);
const SEED = Number(process.env['MODEL_SEED'] ?? 20261122);
const LONGEST = 8;

/** Stories that once ended badly, and stories that are too unlikely to be drawn. */
const CASES: readonly [string, Command[]][] = [
  [
    'a worker of a held operation wakes when the site is live',
    [does.declare('hold'), does.wait(30), does.cancel(), does.resume(), does.settle(), does.wakeOld(9), does.repeat()],
  ],
];

let ground: ProvingGround;
beforeAll(async () => {
  ground = await ProvingGround.open();
}, 60_000);
afterAll(() => ground?.close());

/** Plays a story in the place that all share; in a new one when it leaves something there. */
async function play(story: Iterable<Command>): Promise<void> {
  let one: Play | undefined;
  try {
    await fc.asyncModelRun(async () => {
      one = await Play.begin(ground);
      return { model: { declared: false } satisfies Model as Model, real: one };
    }, story);
    expect(await one?.end()).toEqual([]);
  } finally {
    if (!(await one?.leavesNothing())) {
      await ground.close();
      ground = await ProvingGround.open();
    }
  }
}

test.each(CASES)('%s: everything holds', (_, story) => play(story), 60_000);

test(
  `whatever is asked, in whatever order, while others meddle and calls fail: everything holds (seed ${SEED})`,
  async () => {
    const first = fc.constantFrom(does.declare('hold'), does.declare('undo'));
    const stories = fc.commands(commands, { maxCommands: LONGEST, size: 'max' });
    const property = fc.asyncProperty(first, stories, (begin, story) => play([begin, ...story]));
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  60_000 + RUNS * 20_000,
);
