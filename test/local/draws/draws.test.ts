import { expect, test } from '@jest/globals';
import { Draws } from '../../../local/draws/draws.ts';

const aMinute = { min: 15, max: 60 };

test('the same seed draws the same', () => {
  const [a, b] = [new Draws(7), new Draws(7)];
  const three = (draws: Draws) => [1, 2, 3].map(() => draws.seconds('acm:issue', 'a.test', aMinute));
  expect(three(a)).toEqual(three(b));
});

test('another seed draws otherwise', () => {
  expect(new Draws(1).fraction('x')).not.toBe(new Draws(2).fraction('x'));
});

test("one service's draws do not shift another's", () => {
  const [quiet, busy] = [new Draws(7), new Draws(7)];
  busy.seconds('route53:insync', 'C1', aMinute);
  expect(busy.seconds('acm:issue', 'a.test', aMinute)).toBe(quiet.seconds('acm:issue', 'a.test', aMinute));
});

test('draws stay within their bounds and are kept with what they were for', () => {
  const draws = new Draws(3);
  for (let n = 0; n < 200; n++) draws.seconds('acm:issue', `${n}.test`, aMinute);
  expect(draws.drawn.every(({ seconds }) => seconds >= 15 && seconds < 60)).toBe(true);
  expect(draws.drawn[7]).toMatchObject({ what: 'acm:issue', subject: '7.test' });
});

test('ids have the asked length', () => {
  expect(new Draws(1).hex('id', 17)).toMatch(/^[0-9a-f]{17}$/);
});
