import { describe, expect, test } from '@jest/globals';
import {
  barOf,
  type CertificateView,
  isFound,
  lastLook,
  leftWords,
  standingOf,
} from '../../console/certificates/certificate-row.ts';
import { axisOf, percentOf, ticksOf } from '../../console/certificates/time-axis.ts';

const DAY_MS = 86_400_000;
const now = new Date('2026-11-30T12:00:00.000Z');
const days = (count: number) => new Date(now.getTime() + count * DAY_MS).toISOString();

const aCertificate = (changes: Partial<CertificateView> = {}): CertificateView => ({
  domain: 'shop.example.com',
  place: 'edge',
  names: ['shop.example.com'],
  type: 'AMAZON_ISSUED',
  validFrom: days(-100),
  validTo: days(98),
  daysLeft: 98,
  shareLeft: 0.5,
  renewal: 'automatic',
  servedAt: [{ name: 'shop.example.com', address: '203.0.113.7' }],
  seenAt: days(0),
  ...changes,
});

describe('axisOf()', () => {
  test('reaches from the first issue to the last expiry', () => {
    const axis = axisOf([aCertificate(), aCertificate({ validFrom: days(-10), validTo: days(188) })], now);
    expect(percentOf(axis, Date.parse(days(-100)))).toBeCloseTo(2, 0);
    expect(percentOf(axis, Date.parse(days(188)))).toBeCloseTo(98, 0);
  });

  test('is not stretched by a certificate that lives for ten years', () => {
    const axis = axisOf([aCertificate({ validFrom: days(-2000), validTo: days(1650) })], now);
    expect((axis.to - axis.from) / DAY_MS).toBeLessThan(850);
  });

  test('shows a month on both sides of now where nothing lives longer', () => {
    const axis = axisOf([], now);
    expect(percentOf(axis, now.getTime())).toBeCloseTo(50, 5);
    expect((axis.to - axis.from) / DAY_MS).toBeGreaterThanOrEqual(60);
  });
});

describe('ticksOf()', () => {
  const year = { from: Date.parse('2026-06-10'), to: Date.parse('2027-06-10') };

  test('marks the first day of each month, and says the year in January', () => {
    const ticks = ticksOf(year, { widthPx: 1200, now });
    expect(ticks.map(({ label }) => label).join(' ')).toBe('Jul Aug Sep Oct Nov Dec 2027 Feb Mar Apr May Jun');
    expect(ticks.filter(({ isYear }) => isYear).map(({ at }) => at)).toEqual([Date.UTC(2027, 0)]);
  });

  test('takes fewer months where there is less room, and always January', () => {
    const ticks = ticksOf(year, { widthPx: 230, now });
    expect(ticks.map(({ label }) => label).join(' ')).toBe('Jul Oct 2027 Apr');
  });

  test.each([180, 320, 700, 1500])(
    'writes no label over another one, over "now" or over an end on %i px',
    (widthPx) => {
      const at = ticksOf(year, { widthPx, now })
        .filter(({ isLabelled }) => isLabelled)
        .map((tick) => (percentOf(year, tick.at) / 100) * widthPx);
      const all = [...at, (percentOf(year, now.getTime()) / 100) * widthPx].sort((one, other) => one - other);
      expect(at.length).toBeGreaterThan(0);
      for (const each of at) expect([each >= 22, each <= widthPx - 22]).toEqual([true, true]);
      for (const [index, each] of all.entries()) expect(each - (all[index - 1] ?? -100)).toBeGreaterThanOrEqual(44);
    },
  );
});

describe('barOf()', () => {
  const axis = { from: Date.parse(days(-100)), to: Date.parse(days(100)) };

  test('goes from issue to expiry, with the last 45 days marked in which ACM renews it', () => {
    const bar = barOf(aCertificate(), axis);
    expect(bar).toMatchObject({ left: 0, width: 99, isCutLeft: false, isCutRight: false });
    expect(bar.renewal?.left).toBeCloseTo(76.5, 5);
    expect(bar.renewal?.width).toBeCloseTo(22.5, 5);
  });

  test('is cut where it leaves the axis', () => {
    const bar = barOf(aCertificate({ validFrom: days(-300), validTo: days(300) }), axis);
    expect(bar).toMatchObject({ left: 0, width: 100, isCutLeft: true, isCutRight: true, renewal: undefined });
  });

  test('has no width where all of it lies off the axis', () => {
    expect(barOf(aCertificate({ validFrom: days(-400), validTo: days(-200) }), axis)).toMatchObject({
      left: 0,
      width: 0,
    });
  });

  test.each(['by-hand', 'by-server', 'not-eligible'] as const)('has no renewal of ACM where it is "%s"', (renewal) => {
    expect(barOf(aCertificate({ renewal }), axis).renewal).toBeUndefined();
  });

  test('marks the stages of its alerts: a third, a sixth, and the days that come later', () => {
    const lasting = aCertificate({ validFrom: days(-90), validTo: days(90) });
    const [third, sixth, ...rest] = barOf(lasting, axis).stages.map((at) => at * 2 - 100);
    expect(third).toBeCloseTo(30, 5);
    expect(sixth).toBeCloseTo(60, 5);
    expect(rest.map(Math.round)).toEqual([75, 83, 87, 89]);
  });
});

describe('standingOf()', () => {
  const left = (much: number, changes: Partial<CertificateView> = {}) =>
    standingOf(aCertificate({ validFrom: days(much - 198), validTo: days(much), ...changes }), now);

  test.each([
    [100, 'automatic', 'good', undefined],
    [60, 'automatic', 'good', 'less than a third of its lifetime is left'],
    [60, 'running', 'busy', 'less than a third of its lifetime is left'],
    [60, 'by-hand', 'warn', 'less than a third of its lifetime is left'],
    [32, 'automatic', 'warn', 'less than a sixth of its lifetime is left'],
    [29, 'automatic', 'bad', 'less than 30 days are left'],
    [0.5, 'automatic', 'bad', 'less than 1 day is left'],
    [-1, 'by-server', 'bad', 'it has ended'],
    [100, 'failing', 'warn', undefined],
    [100, 'not-eligible', 'warn', undefined],
    [100, 'by-hand', 'good', undefined],
  ] as const)('of %d days left with the renewal "%s" is %s', (much, renewal, tone, words) => {
    expect(left(much, { renewal })).toMatchObject({ tone, words });
  });
});

test.each([
  [47.5, '47 days'],
  [1.2, '1 day'],
  [0.3, '7 h'],
  [0.01, 'less than 1 h'],
  [-3.1, 'ended 3 days ago'],
])('leftWords() of %d days says "%s"', (much, words) => {
  expect(leftWords({ validTo: days(much) }, now)).toBe(words);
});

test('isFound() looks for each word in the names, the renewal, the type and the addresses', () => {
  const certificate = aCertificate({ names: ['shop.example.com', 'www.shop.example.com'], renewal: 'by-hand' });
  for (const words of ['', 'WWW.shop', 'imported shop', '203.0.113', 'amazon by hand'])
    expect(isFound(certificate, words)).toBe(true);
  expect(isFound(certificate, 'shop elsewhere')).toBe(false);
});

test.each<[string, Partial<CertificateView>]>([
  ['98 days left, seen at 1 address now', {}],
  ['98 days left, looked at 1 h ago', { servedAt: [], seenAt: days(-1 / 24) }],
  ['ended 2 days ago, seen at 1 address now', { validTo: days(-2) }],
])('lastLook() says "%s"', (words, changes) => {
  expect(lastLook(aCertificate(changes), now)).toBe(words);
});
