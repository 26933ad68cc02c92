import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OperationName } from '../../../domain/sites/execution-name.ts';
import { isGoingBack, wayBack } from '../../../domain/sites/way-back.ts';
import { aSite } from '../../support/site.ts';

const live = aSite();
const other = aSite({ aliases: [] });
const STATES = ['pending', 'changing', 'live', 'failed', 'held', 'undoing', 'undone'] as const;
const NAMES = ['onboard', 'change', 'undo'] as const;
const operation = (name: OperationName) => ({ name });

describe('wayBack()', () => {
  test('leads a change that runs, failed or was stopped back to what was live', () => {
    expect(wayBack({ state: 'changing', site: other, live, operation: operation('change') })).toBe('live');
    expect(wayBack({ state: 'held', site: other, live, last: operation('change') })).toBe('live');
    expect(wayBack({ state: 'failed', site: other, live, last: operation('change') })).toBe('live');
  });

  test('leads a site that is live to nothing, although a change was what came last', () => {
    expect(wayBack({ state: 'live', site: live, live, last: operation('change') })).toBe('nothing');
  });

  test('goes on taking back where an undo was stopped', () => {
    expect(wayBack({ state: 'held', site: live, live, last: operation('undo') })).toBe('nothing');
  });

  test('judges by what runs rather than by what came before', () => {
    const before = { last: operation('change'), site: other, live };
    expect(wayBack({ ...before, state: 'undoing', operation: operation('undo') })).toBe('nothing');
  });

  test('never leads to a document that was not live, nor anywhere but from a change', () => {
    const standing = fc.record(
      {
        state: fc.constantFrom(...STATES),
        site: fc.constantFrom(live, other),
        live: fc.constant(live),
        operation: fc.constantFrom(...NAMES).map(operation),
        last: fc.constantFrom(...NAMES).map(operation),
      },
      { requiredKeys: ['state', 'site'] },
    );
    fc.assert(
      fc.property(standing, (each) => {
        fc.pre(wayBack(each) === 'live');
        expect(each.live).toBeDefined();
        expect((each.operation ?? each.last)?.name).toBe('change');
      }),
    );
  });
});

describe('isGoingBack()', () => {
  test('knows a site whose document is the one that was live, and no other', () => {
    expect(isGoingBack({ site: aSite(), live })).toBe(true);
    expect(isGoingBack({ site: other, live })).toBe(false);
    expect(isGoingBack({ site: live })).toBe(false);
  });
});
