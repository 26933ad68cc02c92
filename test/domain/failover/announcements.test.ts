import { expect, test } from '@jest/globals';
import { announcedAt, announcedWith, announcementDue } from '../../../domain/failover/announcements.ts';
import type { MaintenanceWindow } from '../../../domain/failover/window.ts';

const window: MaintenanceWindow = { id: 'w1', from: '2026-12-02T12:00:00.000Z', until: '2026-12-02T13:00:00.000Z' };
const before = (hours: number) => new Date(Date.parse(window.from) - hours * 3_600_000);

test('a window is announced a day and an hour before it begins, each once', () => {
  expect(announcementDue(window, before(24.1))).toBeUndefined();
  expect(announcementDue(window, before(24))).toBe(1440);
  const once = announcedWith(window, 1440);
  expect(announcementDue(once, before(23))).toBeUndefined();
  expect(announcedAt(once)).toBe(before(1).toISOString());
  expect(announcementDue(once, before(1))).toBe(60);
  const twice = announcedWith(once, 60);
  expect([announcementDue(twice, before(0.5)), announcedAt(twice)]).toEqual([undefined, undefined]);
});

test('a window that is declared half an hour ahead is announced once, and one that has begun not at all', () => {
  expect(announcementDue(window, before(0.5))).toBe(60);
  expect(announcedAt(announcedWith(window, 60))).toBeUndefined();
  expect(announcementDue(window, before(0))).toBeUndefined();
});
