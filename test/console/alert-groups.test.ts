import { expect, test } from '@jest/globals';
import { acknowledgedBy, groupsOf, looksOf, unreadOf } from '../../console/alerts/alert-groups.ts';
import type { AlertView } from '../../domain/care/view.ts';

const at = (hour: number) => `2026-11-30T${String(hour).padStart(2, '0')}:00:00.000Z`;

const anAlert = (subject: string, changes: Partial<AlertView> = {}): AlertView => ({
  id: `0123456789ab-${subject}`,
  domain: 'shop.example.com',
  state: 'open',
  code: 'resourceMissing',
  severity: 'error',
  subject,
  message: `${subject} is missing`,
  evidence: [],
  fix: 'Declare it again',
  raisedAt: at(1),
  ...changes,
});

test('groupsOf() puts errors first, and in each group what nobody has acknowledged and what is newest', () => {
  const groups = groupsOf([
    anAlert('old'),
    anAlert('warned', { severity: 'warning' }),
    anAlert('read', { raisedAt: at(9), acknowledged: { at: at(10) } }),
    anAlert('graver', { escalatedAt: at(8) }),
    anAlert('new', { raisedAt: at(7) }),
  ]);
  expect(groups.map(({ title, alerts }) => [title, ...alerts.map(({ subject }) => subject)])).toEqual([
    ['4 errors', 'graver', 'new', 'old', 'read'],
    ['1 warning', 'warned'],
  ]);
});

test('groupsOf() of nothing has no groups', () => {
  expect(groupsOf([])).toEqual([]);
});

test('unreadOf() counts what is open and not acknowledged', () => {
  const alerts = [anAlert('a'), anAlert('b', { acknowledged: { at: at(2) } }), anAlert('c', { state: 'resolved' })];
  expect(unreadOf(alerts)).toBe(1);
});

test.each([
  ['arn:aws:sts::123456789012:assumed-role/Operators/ada', ' by Operators/ada'],
  ['arn:aws:iam::123456789012:user/ada', ' by ada'],
  ['arn:aws:iam::123456789012:root', ' by root'],
  [undefined, ''],
])('acknowledgedBy() of %s says "%s"', (by, words) => {
  expect(acknowledgedBy({ at: at(2), ...(by !== undefined && { by }) })).toBe(words);
});

test('looksOf() finds what was seen last and longest ago', () => {
  const seen = [2, 1, 3].map((hour) => ({ domain: `${hour}.test`, seenAt: at(hour) }));
  expect(looksOf(seen)).toMatchObject({ first: { domain: '1.test' }, last: { domain: '3.test' } });
  expect(looksOf([])).toBeUndefined();
});
