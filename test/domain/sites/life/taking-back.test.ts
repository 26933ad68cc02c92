import { expect, test } from '@jest/globals';
import { howToTakeBack } from '../../../../domain/sites/life/advice.ts';
import type { Standing } from '../../../../domain/sites/life/standing.ts';
import { aSite } from '../../../support/site.ts';

const site = aSite();
const running = (name: 'onboard' | 'change' | 'undo') => ({ operation: { name } });

test.each<[string, Partial<Standing>, string]>([
  ['is live', { state: 'live', live: site }, 'undo it'],
  ['is held in its first onboarding', { state: 'held', last: { name: 'onboard' } }, 'undo it'],
  ['is being onboarded', { state: 'pending', ...running('onboard') }, 'cancel it and have it undone'],
  ['is being changed', { state: 'changing', live: site, ...running('change') }, 'cancel it, then undo it to nothing'],
  ['is held in a change', { state: 'held', live: site, last: { name: 'change' } }, 'undo it to nothing'],
  ['is being undone', { state: 'undoing', ...running('undo') }, 'wait until its undo has ended'],
])('howToTakeBack() names a request that a site that %s accepts', (_, standing, advice) => {
  expect(howToTakeBack({ state: 'live', site, ...standing })).toBe(advice);
});

test('howToTakeBack() names both where it is not known how the site stands', () => {
  expect(howToTakeBack()).toBe('undo it, or, while its operation runs, cancel it and have it undone');
});
