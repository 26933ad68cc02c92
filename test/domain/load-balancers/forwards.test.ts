import { describe, expect, test } from '@jest/globals';
import { allTo, besides, isSameForwarding } from '../../../domain/load-balancers/forwards.ts';

const split = (...weights: [string, number][]) =>
  weights.map(([targetGroupArn, weight]) => ({ targetGroupArn, weight }));

describe('besides()', () => {
  test('gives the wanted group no request while another one serves', () => {
    expect(besides(allTo('old'), 'new')).toEqual(split(['old', 1], ['new', 0]));
  });

  test('lets go of what an earlier change had put beside it', () => {
    expect(besides(split(['old', 1], ['failed', 0]), 'new')).toEqual(split(['old', 1], ['new', 0]));
  });

  test.each([
    ['it serves alone', allTo('new')],
    ['it serves still', split(['new', 1], ['failed', 0])],
    ['it waits already', split(['old', 1], ['new', 0])],
  ])('changes nothing when %s', (_, standing) => {
    expect(besides(standing, 'new')).toEqual(standing);
  });

  test.each([
    ['nothing is forwarded', []],
    ['nothing gets a request', split(['old', 0])],
  ])('gives it everything when %s', (_, standing) => {
    expect(besides(standing, 'new')).toEqual(allTo('new'));
  });
});

test('isSameForwarding() compares groups and weights in any order', () => {
  expect(isSameForwarding(split(['a', 1], ['b', 0]), split(['b', 0], ['a', 1]))).toBe(true);
  expect(isSameForwarding(split(['a', 1], ['b', 0]), split(['a', 0], ['b', 1]))).toBe(false);
  expect(isSameForwarding(allTo('a'), split(['a', 1], ['b', 0]))).toBe(false);
});
