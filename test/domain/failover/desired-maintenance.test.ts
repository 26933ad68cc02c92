import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlarmMemory } from '../../../domain/failover/alarm.ts';
import {
  desiredMaintenance,
  type MaintenanceInputs,
  needsSwitch,
} from '../../../domain/failover/desired-maintenance.ts';
import { dueAt } from '../../../domain/failover/due-at.ts';
import type { Maintenance, MaintenanceStanding } from '../../../domain/failover/maintenance.ts';
import type { MaintenanceWindow } from '../../../domain/failover/window.ts';

const hour = (count: number) => new Date(Date.parse('2026-12-01T00:00:00.000Z') + count * 3_600_000);
const at = (count: number) => hour(count).toISOString();

const aWindow = (from: number, until: number, message?: string): MaintenanceWindow => ({
  id: `w${from}`,
  from: at(from),
  until: at(until),
  ...(message !== undefined && { message }),
});

const anAlarm = (asks: 'on' | 'off', askedAt: number): AlarmMemory => ({
  arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-down',
  reading: { state: 'ALARM', since: at(askedAt), badPeriods: 3, periodSeconds: 60, isMuted: false },
  asks,
  askedAt: at(askedAt),
});

const requested = (state: 'on' | 'off', since: number, until?: number): Maintenance => ({
  state,
  cause: 'request',
  since: at(since),
  ...(until !== undefined && { until: at(until) }),
  ...(state === 'off' && until === undefined && { dismissedAt: at(since) }),
});

const night = aWindow(2, 4, 'Back at four');
const down = anAlarm('on', 1);

const scheduled: Maintenance = { state: 'on', cause: 'schedule', since: at(2), until: at(4), message: 'Back at four' };
const byAlarm: Maintenance = { state: 'on', cause: 'alarm', since: at(1) };

interface Row {
  standing?: MaintenanceStanding;
  windows?: MaintenanceWindow[];
  alarm?: AlarmMemory;
  now?: number;
}

const decided = ({ standing = {}, windows = [], alarm, now = 3 }: Row) =>
  desiredMaintenance(standing, { windows, ...(alarm && { alarm }) }, hour(now));

describe('F4: one answer, whoever asks at once', () => {
  test.each<[string, Row, string]>([
    ['nothing asks', {}, 'off request'],
    ['a window is open', { windows: [night] }, 'on schedule'],
    ['a window has not begun', { windows: [night], now: 1.9 }, 'off request'],
    ['a window has just begun', { windows: [night], now: 2 }, 'on schedule'],
    ['a window has just ended', { windows: [night], now: 4, standing: { maintenance: scheduled } }, 'off schedule'],
    ['the alarm asks', { alarm: down }, 'on alarm'],
    [
      'the alarm asks for the origin again',
      { alarm: anAlarm('off', 2), standing: { maintenance: byAlarm } },
      'off alarm',
    ],
    ['a person asks, without an end', { standing: { maintenance: requested('on', 1) }, now: 999 }, 'on request'],
    ['a person asks, until later', { standing: { maintenance: requested('on', 1, 5) } }, 'on request'],
    ['what a person asked for is over', { standing: { maintenance: requested('on', 1, 3) } }, 'off request'],
    [
      'it is over, and a window is open',
      { standing: { maintenance: requested('on', 1, 3) }, windows: [night] },
      'on schedule',
    ],
    [
      'a window begins during an outage',
      { standing: { maintenance: byAlarm }, windows: [night], alarm: down, now: 2 },
      'on schedule',
    ],
    [
      'that window ends, and the outage does not',
      { standing: { maintenance: scheduled }, windows: [night], alarm: down, now: 4 },
      'on alarm',
    ],
    ['a person ends a window', { standing: { maintenance: requested('off', 2.5) }, windows: [night] }, 'off request'],
    [
      'a person ended it, and another has come to its end since',
      {
        standing: { maintenance: { state: 'off', cause: 'schedule', since: at(2.9), dismissedAt: at(2.5) } },
        windows: [night],
      },
      'off schedule',
    ],
    [
      'a person declares a window that has begun, after "off"',
      { standing: { maintenance: requested('off', 2.5) }, windows: [{ ...night, declaredAt: at(2.6) }] },
      'on schedule',
    ],
    [
      'a person ended it, and another begins',
      { standing: { maintenance: requested('off', 1) }, windows: [night] },
      'on schedule',
    ],
    [
      'a person ends what the alarm asked for',
      { standing: { maintenance: requested('off', 1.5) }, alarm: down },
      'off request',
    ],
    [
      'the alarm asks anew after that',
      { standing: { maintenance: requested('off', 1.5) }, alarm: anAlarm('on', 2) },
      'on alarm',
    ],
    [
      'a person keeps the page off until later',
      { standing: { maintenance: requested('off', 1, 5) }, windows: [night], alarm: anAlarm('on', 2) },
      'off request',
    ],
    ['until then', { standing: { maintenance: requested('off', 1, 3) }, windows: [night] }, 'on schedule'],
    [
      'the lock is on over a window',
      { standing: { hold: true, maintenance: requested('off', 1) }, windows: [night] },
      'off request',
    ],
    [
      'the lock is on and nothing was switched',
      { standing: { hold: true }, windows: [night], alarm: down },
      'off request',
    ],
    [
      'the lock is on over the end of a window',
      { standing: { hold: true, maintenance: scheduled }, now: 5 },
      'off schedule',
    ],
    ['the lock is on over the end of an outage', { standing: { hold: true, maintenance: byAlarm } }, 'on alarm'],
    ['the lock is on until now', { standing: { hold: true, maintenance: requested('on', 1, 3) } }, 'off request'],
  ])('%s', (_, row, expected) => {
    const { state, cause } = decided(row);
    expect(`${state} ${cause}`).toBe(expected);
  });
});

test('windows that overlap are one: it ends with the last of them, and the page says what the later one does', () => {
  const windows = [aWindow(2, 5, 'Long'), aWindow(2.5, 4, 'Later')];
  expect(decided({ windows })).toEqual({ state: 'on', cause: 'schedule', until: at(5), message: 'Later' });
  expect(decided({ windows, now: 4.5 })).toEqual({ state: 'on', cause: 'schedule', until: at(5), message: 'Long' });
});

test('F5: the end of a window needs no event, since it is decided from the time alone', () => {
  const standing = { maintenance: scheduled };
  expect(needsSwitch(decided({ standing, windows: [night], now: 3.9 }), standing)).toBe(false);
  expect(needsSwitch(decided({ standing, windows: [night], now: 40 }), standing)).toBe(true);
  expect(dueAt(standing, { windows: [night] }, hour(3))).toBe(at(4));
});

test('needsSwitch() counts the words of a page that is on, and not those of one that is off', () => {
  const on = { maintenance: { ...requested('on', 1), message: 'Old' } };
  expect(needsSwitch({ state: 'on', cause: 'request', message: 'New' }, on)).toBe(true);
  expect(needsSwitch({ state: 'on', cause: 'alarm', message: 'Old' }, on)).toBe(false);
  expect(needsSwitch({ state: 'off', cause: 'request', message: 'New' }, {})).toBe(false);
});

const anHour = fc.integer({ min: 0, max: 48 });
const anyStanding = fc.record(
  {
    hold: fc.boolean(),
    maintenance: fc
      .record(
        { state: fc.constantFrom('on', 'off'), cause: fc.constantFrom('request', 'schedule', 'alarm'), since: anHour },
        { requiredKeys: ['state', 'cause', 'since'] },
      )
      .map(({ since, ...rest }) => ({ ...rest, since: at(since) }) as Maintenance),
  },
  { requiredKeys: [] },
);
const anyInputs: fc.Arbitrary<MaintenanceInputs> = fc
  .record({
    windows: fc.array(fc.tuple(anHour, anHour), { maxLength: 4 }),
    alarm: fc.option(fc.tuple(fc.constantFrom('on' as const, 'off' as const), anHour)),
  })
  .map(({ windows, alarm }) => ({
    windows: windows.map(([one, other]) => aWindow(Math.min(one, other), Math.max(one, other) + 1)),
    ...(alarm && { alarm: anAlarm(...alarm) }),
  }));

test('F4: once what is desired has been switched to, nothing is to be switched until something else asks', () => {
  fc.assert(
    fc.property(anyStanding, anyInputs, anHour, (standing, inputs, now) => {
      const desired = desiredMaintenance(standing as MaintenanceStanding, inputs, hour(now));
      const maintenance = { ...desired, since: (standing as MaintenanceStanding).maintenance?.since ?? at(0) };
      // What nothing asks for any more ends; a person's own end stays as it is.
      const after = desiredMaintenance({ ...standing, maintenance } as MaintenanceStanding, inputs, hour(now));
      expect(after.state).toBe(desired.state);
    }),
  );
});

test('F5: whatever changes by itself changes at an instant that the sweep knows', () => {
  fc.assert(
    fc.property(anyStanding, anyInputs, anHour, anHour, (standing, { windows }, one, other) => {
      const [now, later] = [Math.min(one, other), Math.max(one, other)];
      const of = (count: number) => desiredMaintenance(standing as MaintenanceStanding, { windows }, hour(count)).state;
      const due = dueAt(standing as MaintenanceStanding, { windows }, hour(now));
      if (of(now) !== of(later)) expect(due !== undefined && due <= at(later)).toBe(true);
    }),
  );
});
