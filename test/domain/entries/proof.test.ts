import { describe, expect, test } from '@jest/globals';
import type { SeenEntry } from '../../../domain/entries/entry.ts';
import { byEarlierProof, judgeProofs, whyLapsed } from '../../../domain/entries/proof.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

function challenge(seen: SeenEntry['seen'], name = '_nameplate-challenge.shop.example.test'): SeenEntry {
  return { name, type: 'TXT', values: ['nameplate-challenge=x'], for: 'ownership', seen, note: '', ttlSeconds: 0 };
}
const { name } = challenge('seen');

describe('judgeProofs()', () => {
  test('S2: waits for a name that was never proven', () => {
    for (const seen of ['missing', 'wrong', 'unchecked'] as const) {
      const open = [challenge(seen)];
      expect(judgeProofs(open, {}, { now })).toEqual({ proofs: {}, recent: [], open, lapsed: [] });
    }
  });

  test('remembers when a name was proven, anew after a day', () => {
    const proven = (before: string | undefined) =>
      judgeProofs([challenge('seen')], before === undefined ? {} : { [name]: before }, { now }).proofs[name];
    expect(proven(undefined)).toBe(now.toISOString());
    expect(proven(daysAgo(0.9))).toBe(daysAgo(0.9));
    expect(proven(daysAgo(1))).toBe(now.toISOString());
    expect(proven(daysAgo(400))).toBe(now.toISOString());
  });

  test('S3: a proof counts for 30 days after its record has gone, and then no longer', () => {
    const gone = challenge('missing');
    expect(judgeProofs([gone], { [name]: daysAgo(30) }, { now })).toMatchObject({ recent: [gone], lapsed: [] });
    expect(judgeProofs([gone], { [name]: daysAgo(30.01) }, { now })).toEqual({
      proofs: { [name]: daysAgo(30.01) },
      recent: [],
      open: [],
      lapsed: [gone],
    });
  });

  test('S3: an operation begins by a proof only if that lasts until its traffic moves', () => {
    const judged = (days: number) =>
      judgeProofs([challenge('wrong')], { [name]: daysAgo(days) }, { now, beginning: true }).lapsed.length;
    // 30 days, less 375 hours of waiting for ACM.
    expect([judged(14), judged(14.01)]).toEqual([0, 1]);
  });

  test('waits for name servers that cannot be asked, however old the proof is', () => {
    const silent = challenge('unchecked');
    expect(judgeProofs([silent], { [name]: daysAgo(90) }, { now })).toMatchObject({ open: [silent], lapsed: [] });
  });

  test('judges each name by itself, and forgets those that the site no longer has', () => {
    const other = '_nameplate-challenge.other.test';
    const judged = judgeProofs(
      [challenge('missing'), challenge('missing', other)],
      { [name]: daysAgo(40), 'dropped.test': daysAgo(1) },
      { now },
    );
    expect(judged).toMatchObject({ lapsed: [{ name }], open: [{ name: other }] });
    expect(judged.proofs).toEqual({ [name]: daysAgo(40) });
  });
});

test('whyLapsed() and byEarlierProof() say since when and until when', () => {
  const proofs = { [name]: '2026-10-01T08:00:00.000Z' };
  expect(whyLapsed([challenge('missing')], proofs)).toBe(
    `${name} TXT was last seen on 2026-10-01, and a proof counts for 30 days: nothing is changed or removed until the name is proven to be yours anew`,
  );
  expect(byEarlierProof(challenge('missing'), proofs)).toBe(`"${name}" is no longer seen, and counts until 2026-10-31`);
});
