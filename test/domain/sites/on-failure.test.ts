import { expect, test } from '@jest/globals';
import { onFailureOf } from '../../../domain/sites/on-failure.ts';

test('onFailureOf() undoes a first onboarding, holds what was live, and does as it is told', () => {
  expect(onFailureOf({}, { wasLive: false })).toBe('undo');
  expect(onFailureOf({}, { wasLive: true })).toBe('hold');
  expect(onFailureOf({ onFailure: 'hold' }, { wasLive: false })).toBe('hold');
  expect(onFailureOf({ onFailure: 'undo' }, { wasLive: true })).toBe('undo');
});
