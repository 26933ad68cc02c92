import { expect, test } from '@jest/globals';
import type { Failover } from '../../../cli/bench/failover.ts';
import { failoverRows } from '../../../cli/bench/failover-rows.ts';

/** One that reaches every target, but for what is given. */
const measured = (given: Partial<Failover> = {}): Failover => ({
  onboarding: { seconds: 240, boundSeconds: 230 },
  outage: { seconds: 120, latestSeconds: 150 },
  recovery: { seconds: 100, latestSeconds: 130 },
  arithmeticSeconds: 150,
  calls: 0,
  switches: [{ seconds: 34, insyncSeconds: 30 }],
  looks: 100,
  others: [],
  ...given,
});

const missed = (given: Partial<Failover>): string[] =>
  failoverRows([measured(), measured(given)])
    .filter(({ met }) => met === false)
    .map(({ what }) => what);

test('failoverRows() miss nothing where every target is reached', () => {
  expect(missed({})).toEqual([]);
});

test.each<[string, Partial<Failover>, RegExp]>([
  ['a page that comes late to a viewer', { outage: { seconds: 170, latestSeconds: 150 } }, /outage/],
  ['a page that the latest resolver leads to late', { outage: { seconds: 120, latestSeconds: 170 } }, /outage/],
  ['a site that comes back late', { recovery: { seconds: 180, latestSeconds: 180 } }, /recovery/],
  ['a call on the way', { calls: 1 }, /calls/],
  ['one slow switch', { switches: [{ seconds: 35.1, insyncSeconds: 30 }] }, /requested switch, beside/],
  ['one answer that is neither', { others: ['https://shop.bench.test at 203.0.113.2: 502'] }, /answers/],
])('failoverRows() miss the target of %s', (_, given, row) => {
  expect(missed(given)).toEqual([expect.stringMatching(row)]);
});
