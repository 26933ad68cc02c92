import { describe, expect, test } from '@jest/globals';
import { available, goesBack } from '../../console/operations/available.ts';
import { isBusy } from '../../console/sites/is-busy.ts';
import { shownSteps } from '../../console/sites/shown-steps.ts';
import type { SiteView } from '../../domain/sites/view.ts';

const document = {} as SiteView['site'];
const failover = {} as NonNullable<SiteView['failover']>;

describe('available()', () => {
  test('offers to change a live site and to delete it, and the page where it has one', () => {
    expect(available({ state: 'live' })).toEqual(['change', 'delete']);
    expect(available({ state: 'live', failover })).toEqual(['change', 'maintenance', 'delete']);
  });

  test('offers to cancel what runs, and nothing else', () => {
    for (const state of ['pending', 'changing', 'switching', 'undoing'] as const)
      expect(available({ state, failover })).toEqual(['cancel']);
  });

  test('offers to go on with a held site, and to take it back', () => {
    expect(available({ state: 'held', failover })).toEqual(['resume', 'change', 'undo', 'delete']);
  });

  test('offers to undo again what has left something', () => {
    expect(available({ state: 'undone' })).toEqual([]);
    expect(available({ state: 'undone', left: [{ type: 'listener', id: 'a', why: 'b' }] })).toEqual(['undo', 'delete']);
  });
});

test('goesBack() tells the undo of a change from that of a site which never was live', () => {
  expect(goesBack({ state: 'held', live: document })).toBe(true);
  expect(goesBack({ state: 'held' })).toBe(false);
  expect(goesBack({ state: 'live', live: document })).toBe(false);
});

test('shownSteps() has what goes on first, then what ended last, of the present revision alone', () => {
  const step = (name: string, startedAt: string, endedAt?: string, revision = 2) =>
    ({ name, startedAt, revision, ...(endedAt && { endedAt }) }) as SiteView['steps'][number];
  const steps = [step('A', '1', '2', 1), step('B', '3', '4'), step('C', '3', '5'), step('D', '6'), step('E', '5')];
  expect(shownSteps({ steps, revision: 2 }).map(({ name }) => name)).toEqual(['E', 'D', 'C', 'B']);
});

test('isBusy() is said of what runs, and of what is about to be undone', () => {
  const operation = { name: 'change', startedAt: '2026-11-30T12:00:00.000Z' } as const;
  expect(isBusy({ state: 'live', operation })).toBe(true);
  expect((['pending', 'switching', 'failed'] as const).every((state) => isBusy({ state }))).toBe(true);
  expect((['live', 'held', 'undone'] as const).some((state) => isBusy({ state }))).toBe(false);
});
