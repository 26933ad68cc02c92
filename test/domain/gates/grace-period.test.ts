import { describe, expect, test } from '@jest/globals';
import { looksInGrace } from '../../../domain/gates/grace-period.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const began = (minutesAgo: number, looks: number, revision = 1) => ({
  revision,
  startedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  looks,
});

describe('looksInGrace()', () => {
  test.each<[string, Parameters<typeof looksInGrace>[0], number | undefined]>([
    ['counts the first look of a step', undefined, 1],
    ['counts on from the looks before', began(1, 3), 4],
    ['counts no further than it has to', began(4, 20), 8],
    ['L13: lasts five minutes, however often it has looked', began(5, 20), 8],
    ['L13: is over after five minutes and eight looks', began(5.01, 7), undefined],
    ['A6: lasts for eight looks where an outage of AWS took the time', began(200, 6), 7],
    ['begins anew with another revision', began(200, 20, 0), 1],
  ])('%s', (_, previous, looks) => {
    expect(looksInGrace(previous, { revision: 1, now })).toBe(looks);
  });
});
