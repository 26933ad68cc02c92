import { expect, test } from '@jest/globals';
import { instantOf, isTimeZone } from '../../../domain/failover/local-time.ts';

const utc = (local: string, zone: string) => instantOf(local, zone)?.toISOString();

test.each([
  ['2026-07-01T02:00', 'Europe/Berlin', '2026-07-01T00:00:00.000Z', 'in summer'],
  ['2026-12-01T02:00:30', 'Europe/Berlin', '2026-12-01T01:00:30.000Z', 'in winter'],
  ['2027-03-28T01:59', 'Europe/Berlin', '2027-03-28T00:59:00.000Z', 'a minute before the clocks go forward'],
  ['2027-03-28T03:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z', 'a minute later'],
  ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z', 'left out by the clocks: 03:30 on them'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', 'twice on the clocks: the first'],
  ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z', 'after the hour that comes twice'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'twice on the clocks, west of Greenwich'],
  ['2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30:00.000Z', 'left out, west of Greenwich'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', 'left out by clocks that move half an hour'],
  ['2026-12-01T02:00', 'Asia/Kathmandu', '2026-11-30T20:15:00.000Z', 'a quarter of an hour off'],
  ['2026-12-31T23:30', 'Pacific/Kiritimati', '2026-12-31T09:30:00.000Z', 'the farthest east'],
])('instantOf() reads %s in %s as %s: %s', (local, zone, instant) => {
  expect(utc(local, zone)).toBe(instant);
});

test.each(['2026-02-30T10:00', '2026-13-01T10:00', '2026-12-01T24:00', '2026-12-01', '2026-12-01T10:00Z', 'tomorrow'])(
  'instantOf() reads nothing from "%s"',
  (local) => {
    expect(instantOf(local, 'Europe/Berlin')).toBeUndefined();
  },
);

test('isTimeZone() knows the names of IANA and nothing else', () => {
  expect(['Europe/Berlin', 'America/Argentina/Ushuaia', 'UTC'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['Europe/Bielefeld', '', 'Berlin', '+02:00', '-0330', '+02'].filter(isTimeZone)).toEqual([]);
});
