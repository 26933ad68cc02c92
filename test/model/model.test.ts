import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CASES } from './cases.ts';
import { beginnings, type Command, commands, type Model } from './commands.ts';
import { openPlace, type Place } from './place.ts';
import { Play } from './play.ts';

/**
 * How many random stories, and which. Four are what `npm test` has time for; a longer run, or others:
 * `MODEL_RUNS=200 MODEL_SEED=7 npm test -- test/model`.
 */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 4);
const SEED = Number(process.env['MODEL_SEED'] ?? 20261122);
const LONGEST = 8;

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place?.ground.close());

/** Plays a story in the place that all share; in a new one when it leaves something there. */
async function play(story: Iterable<Command>): Promise<void> {
  let one: Play | undefined;
  let ended = false;
  try {
    await fc.asyncModelRun(async () => {
      one = await Play.begin(place);
      return { model: { declared: false } satisfies Model as Model, real: one };
    }, story);
    expect(await one?.end()).toEqual([]);
    ended = true;
  } finally {
    if (!ended || !(await one?.leavesNothing())) {
      await place.ground.close();
      place = await openPlace();
    }
  }
}

test.each(CASES)('%s: everything holds', (_, story) => play(story));

test(
  `whatever is asked, in whatever order, while others meddle and calls fail: everything holds (seed ${SEED})`,
  async () => {
    const stories = fc.commands([commands], { maxCommands: LONGEST, size: 'max' });
    const property = fc.asyncProperty(beginnings, stories, (begin, story) => play([begin, ...story]));
    // A story is short enough to be read as it is; to shorten it would take as many plays as there are commands, and more.
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
  },
  600_000 + RUNS * 30_000,
);
