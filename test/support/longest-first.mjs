// In which order suites run: the longest first, so that none is left to run alone at the end. In a fresh clone nothing tells how long a
// suite takes but what is in it, and in the stories that it lists, which lie in a folder of its name.
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(createRequire(import.meta.url).resolve('jest'))('@jest/test-sequencer');

/** What boots the local AWS: each line takes longer than any of another suite. */
const BOOTS = /\/test\/(?:journeys|contract|faults|model)\//;

const STORIES = /\.test\.ts$/;

/** Characters. */
function weightOf(path) {
  const folder = path.replace(STORIES, '');
  const stories = existsSync(folder) ? globSync(`${folder}/*.ts`) : [];
  return [path, ...stories].reduce((sum, file) => sum + statSync(file).size, 0);
}

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (tests.some((test) => test.duration != null)) return sorted;
    const weights = new Map(tests.map(({ path }) => [path, weightOf(path)]));
    return sorted.toSorted(
      (one, other) =>
        Number(BOOTS.test(other.path)) - Number(BOOTS.test(one.path)) ||
        weights.get(other.path) - weights.get(one.path),
    );
  }
}
