import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isMutating } from '../../local/wire/calls.ts';
import { nameOf } from '../faults/call-site.ts';
import type { Kind } from '../faults/kinds.ts';
import { ProvingGround } from '../faults/proving-ground.ts';
import { differing, Stage } from './strike.ts';
import { UNITS } from './units.ts';

/** Where a lost answer hurts most, in turn. `npm run faults` has all kinds at all calls. */
const KINDS_HERE: readonly Kind[] = ['error after', 'killed then stale'];

let ground: ProvingGround;
beforeAll(async () => {
  ground = await ProvingGround.open();
});
afterAll(() => ground.close());

describe.each(UNITS)('the resource "$name"', (unit) => {
  test('is made once, taken away again, and ends the same whichever call that changes something was struck', async () => {
    const stage = await Stage.set(ground, unit);
    const { sites, made, broken } = await stage.play();
    expect(made.things).not.toEqual([]);
    expect(broken).toEqual([]);
    const changing = sites.filter(({ operation, service }) => service !== 'dynamodb' && isMutating(operation));
    expect(changing.length).toBeGreaterThanOrEqual(2);
    for (const [at, site] of changing.entries()) {
      const kind = KINDS_HERE[at % KINDS_HERE.length] ?? 'error after';
      const struck = await stage.play({ site, kind });
      expect([nameOf(site), kind, ...differing(made, struck.made), ...struck.broken]).toEqual([nameOf(site), kind]);
    }
  });
});
