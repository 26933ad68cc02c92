import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OPERATION_NAMES, type OperationName } from '../../../../domain/sites/life/operations.ts';
import { isGoingBack, undoTarget } from '../../../../domain/sites/life/standing.ts';
import { SITE_STATES } from '../../../../domain/sites/life/states.ts';
import { aSite } from '../../../support/site.ts';

const live = aSite();
const other = aSite({ aliases: [] });
const operation = (name: OperationName) => ({ name });

describe('undoTarget()', () => {
  test('leads a change that runs, failed or was stopped back to what was live', () => {
    expect(undoTarget({ state: 'changing', site: other, live, operation: operation('change') })).toBe('live');
    expect(undoTarget({ state: 'held', site: other, live, last: operation('change') })).toBe('live');
    expect(undoTarget({ state: 'failed', site: other, live, last: operation('change') })).toBe('live');
  });

  test('leads a site that is live to nothing, although a change was what came last', () => {
    expect(undoTarget({ state: 'live', site: live, live, last: operation('change') })).toBe('nothing');
  });

  test('goes on taking back where an undo was stopped', () => {
    expect(undoTarget({ state: 'held', site: live, live, last: operation('undo') })).toBe('nothing');
  });

  test('judges by what runs rather than by what came before', () => {
    const before = { last: operation('change'), site: other, live };
    expect(undoTarget({ ...before, state: 'undoing', operation: operation('undo') })).toBe('nothing');
  });

  test('never leads to a document that was not live, nor anywhere but from a change', () => {
    const standing = fc.record(
      {
        state: fc.constantFrom(...SITE_STATES),
        site: fc.constantFrom(live, other),
        live: fc.constant(live),
        operation: fc.constantFrom(...OPERATION_NAMES).map(operation),
        last: fc.constantFrom(...OPERATION_NAMES).map(operation),
      },
      { requiredKeys: ['state', 'site'] },
    );
    fc.assert(
      fc.property(standing, (each) => {
        fc.pre(undoTarget(each) === 'live');
        expect(each.live).toBeDefined();
        expect(['change', 'switch']).toContain((each.operation ?? each.last)?.name);
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
