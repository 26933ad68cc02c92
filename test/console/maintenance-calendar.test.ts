import { describe, expect, test } from '@jest/globals';
import { blocksOf, type MaintainedSite, percentOf } from '../../console/maintenance/calendar-blocks.ts';
import { choiceOf } from '../../console/maintenance/calendar-choice.ts';
import { dateIn, moved, spanOf } from '../../console/maintenance/calendar-span.ts';
import { clockNote, draftOf, newDraft, readDraft, requestOf } from '../../console/maintenance/window-draft.ts';

const HOUR_MS = 3_600_000;
const hoursOf = ({ from, to }: { from: number; to: number }) => (to - from) / HOUR_MS;

describe('spanOf()', () => {
  test('is the week from Monday in a time zone', () => {
    const { days, from } = spanOf('2026-12-03', { unit: 'week', timeZone: 'Asia/Tokyo' });
    expect(days.map(({ date }) => date.slice(5)).join(' ')).toBe('11-30 12-01 12-02 12-03 12-04 12-05 12-06');
    expect(days.filter(({ isWeekend }) => isWeekend)).toHaveLength(2);
    expect(new Date(from).toISOString()).toBe('2026-11-29T15:00:00.000Z');
  });

  test('has a day of 23 hours where summer time begins, and one of 25 where it ends', () => {
    const spring = spanOf('2027-03-28', { unit: 'month', timeZone: 'Europe/Berlin' });
    expect(spring.days).toHaveLength(31);
    expect(spring.days.filter((day) => hoursOf(day) !== 24).map((day) => [day.date, hoursOf(day)])).toEqual([
      ['2027-03-28', 23],
    ]);
    const autumn = spanOf('2026-11-01', { unit: 'week', timeZone: 'America/New_York' });
    expect(autumn.days.map(hoursOf)).toEqual([24, 24, 24, 24, 24, 24, 25]);
  });

  test('has no gap and no overlap where the clocks change at midnight', () => {
    // Summer time begins at midnight: the day begins at 01:00.
    const { days } = spanOf('2026-09-06', { unit: 'month', timeZone: 'America/Santiago' });
    for (const [index, { from }] of days.entries()) if (index > 0) expect(from).toBe(days[index - 1]?.to);
    expect(days.map(hoursOf).filter((hours) => hours !== 24)).toEqual([23]);
  });
});

test.each([
  ['2026-11-30', 'month', 1, '2026-12-01'],
  ['2026-12-31', 'month', 1, '2027-01-01'],
  ['2026-03-31', 'month', -1, '2026-02-01'],
  ['2026-12-31', 'week', 1, '2027-01-04'],
  ['2026-12-06', 'week', -1, '2026-11-23'],
] as const)('moved() of %s by a %s %d is %s', (date, unit, count, expected) => {
  expect(moved(date, unit, count)).toBe(expected);
});

test('dateIn() says the date where it is another day', () => {
  const at = new Date('2026-11-30T20:00:00.000Z');
  expect([dateIn('Pacific/Auckland', at), dateIn('America/Los_Angeles', at)]).toEqual(['2026-12-01', '2026-11-30']);
});

describe('choiceOf()', () => {
  const here = { now: new Date('2026-11-30T20:00:00.000Z'), here: 'Europe/Berlin' };
  const byDefault = { date: '2026-11-30', unit: 'week', timeZone: 'Europe/Berlin', words: '' };

  test('is what the address says', () => {
    const query = new URLSearchParams('unit=month&zone=Asia/Tokyo&at=2026-12-24&q=Shop');
    expect(choiceOf(query, here)).toEqual({ date: '2026-12-24', unit: 'month', timeZone: 'Asia/Tokyo', words: 'shop' });
    expect(choiceOf(new URLSearchParams('zone=Asia/Tokyo'), here).date).toBe('2026-12-01');
  });

  test.each(['', 'zone=Mars/Olympus', 'zone=', 'at=yesterday', 'at=2026-02-30', 'at=0000-01-01', 'unit=year'])(
    'is as by default where the address has no such thing: "%s"',
    (query) => {
      expect(choiceOf(new URLSearchParams(query), here)).toEqual(byDefault);
    },
  );
});

const span = spanOf('2026-11-30', { unit: 'week', timeZone: 'UTC' });
const at = (day: number, hour = 0) => new Date(span.from + (day * 24 + hour) * HOUR_MS).toISOString();
const aSite = (changes: Partial<MaintainedSite> = {}): MaintainedSite => ({
  domain: 'shop.example.com',
  state: 'live',
  on: 'origin',
  hold: false,
  windows: [],
  ...changes,
});
const aWindow = (from: string, until: string) => ({ id: `${from} ${until}`, from, until, state: 'ahead' as const });
const now = new Date(at(3));

describe('blocksOf()', () => {
  test('places windows by their instants, cut at the ends of the span', () => {
    const windows = [aWindow(at(-1), at(1)), aWindow(at(3, 12), at(4)), aWindow(at(6), at(9)), aWindow(at(8), at(9))];
    const blocks = blocksOf(aSite({ windows }), span, now);
    expect(blocks.map(({ left, width }) => [left, width].map((each) => Math.round(each * 7)))).toEqual([
      [0, 100],
      [350, 50],
      [600, 100],
    ]);
    expect(blocks.map(({ isCutLeft, isCutRight }) => [isCutLeft, isCutRight])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  test('draws windows that overlap in lanes of their own, and uses a lane again', () => {
    const windows = [aWindow(at(0), at(2)), aWindow(at(1), at(3)), aWindow(at(2), at(4))];
    expect(blocksOf(aSite({ windows }), span, now).map(({ lane }) => lane)).toEqual([0, 1, 0]);
  });

  test('draws a page that is on by request until its end, and until now where none is known', () => {
    const on = { on: 'page', cause: 'request', since: at(2) } as const;
    const ends = ({ left = 0, width = 0 } = {}) => Math.round((left + width) * 7);
    expect(blocksOf(aSite(on), span, now)).toMatchObject([{ state: 'on' }]);
    expect(ends(blocksOf(aSite(on), span, now)[0])).toBe(300);
    expect(ends(blocksOf(aSite({ ...on, until: at(5) }), span, now)[0])).toBe(500);
  });

  test('draws a page that is on by a window once', () => {
    const open = { ...aWindow(at(2), at(4)), state: 'open' as const };
    const site = aSite({ on: 'page', cause: 'schedule', since: at(2), until: at(4), windows: [open] });
    expect(blocksOf(site, span, now)).toMatchObject([{ state: 'open' }]);
  });

  test('draws a window over a change of the clocks as long as it lasts', () => {
    const spring = spanOf('2027-03-28', { unit: 'week', timeZone: 'Europe/Berlin' });
    const window = aWindow('2027-03-28T00:00:00.000Z', '2027-03-28T02:00:00.000Z');
    const [block] = blocksOf(aSite({ windows: [window] }), spring, now);
    expect(((block?.width ?? 0) / 100) * hoursOf(spring)).toBeCloseTo(2, 5);
    expect(percentOf(spring, spring.to)).toBe(100);
  });
});

describe('a draft of a window', () => {
  const draft = { from: '2026-12-24T02:00', until: '2026-12-24T04:00', timeZone: 'Asia/Tokyo', message: ' ' };
  const instants = (read: ReturnType<typeof readDraft>) =>
    'problems' in read
      ? read.problems.map(({ pointer }) => pointer)
      : [read.from.toISOString(), read.until.toISOString()];

  test('means instants in its own time zone, and has no message where none was typed', () => {
    expect(instants(readDraft(draft, now))).toEqual(['2026-12-23T17:00:00.000Z', '2026-12-23T19:00:00.000Z']);
    expect(requestOf(draft)).toEqual({ from: draft.from, until: draft.until, timeZone: 'Asia/Tokyo' });
  });

  test('is refused as the API would refuse it', () => {
    expect(instants(readDraft({ ...draft, until: draft.from }, now))).toEqual(['#/until']);
    expect(instants(readDraft({ ...draft, timeZone: 'Mars/Olympus' }, now))).toEqual(['#/timeZone']);
    expect(instants(readDraft({ ...draft, from: '' }, now))).toEqual(['#/from']);
  });

  test('begins at the next full hour for two hours', () => {
    expect(newDraft(new Date('2026-11-30T12:34:00.000Z'), 'Europe/Berlin')).toMatchObject({
      from: '2026-11-30T14:00',
      until: '2026-11-30T16:00',
    });
  });

  test('of a window that is there is as it was declared, or in the time zone of the reader', () => {
    const local = { from: '2026-12-24T02:00:00', until: '2026-12-24T04:00:00', timeZone: 'Asia/Tokyo' };
    const declared = aWindow('2026-12-23T17:00:00.000Z', '2026-12-23T19:00:00.000Z');
    expect(draftOf({ ...declared, local }, 'Europe/Berlin')).toEqual({ ...draft, message: '' });
    expect(draftOf(declared, 'Europe/Berlin')).toMatchObject({ from: '2026-12-23T18:00', timeZone: 'Europe/Berlin' });
  });

  test('tells of a local time that the clocks leave out', () => {
    const spring = { ...draft, from: '2027-03-28T02:30', until: '2027-03-28T05:00', timeZone: 'Europe/Berlin' };
    expect(readDraft(spring, now)).toMatchObject({
      from: new Date('2027-03-28T01:30:00.000Z'),
      notes: ['The clocks in Europe/Berlin leave out 02:30 on that day: it begins at 03:30'],
    });
  });

  test('tells of a local time that the clocks show twice', () => {
    const autumn = { ...draft, from: '2027-10-31T01:00', until: '2027-10-31T02:30', timeZone: 'Europe/Berlin' };
    expect(readDraft(autumn, now)).toMatchObject({
      until: new Date('2027-10-31T00:30:00.000Z'),
      notes: ['The clocks in Europe/Berlin show 02:30 twice on that day: it ends at the first'],
    });
  });

  test('tells nothing of the clocks on other days, or of what is no time', () => {
    expect(clockNote('begins', '2026-12-24T02:30', 'Europe/Berlin')).toBeUndefined();
    expect(clockNote('begins', '', 'Europe/Berlin')).toBeUndefined();
    // Half an hour is what the clocks of Lord Howe Island change by.
    expect(clockNote('ends', '2027-04-04T01:45', 'Australia/Lord_Howe')).toContain('twice');
  });
});
