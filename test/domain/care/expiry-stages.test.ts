import { describe, expect, test } from '@jest/globals';
import { expiryStage, expiryStages, renewalBegins } from '../../../domain/care/expiry-stages.ts';

const DAY = 86_400_000;
const validFrom = new Date('2027-01-01T00:00:00Z');
const living = (days: number) => ({ validFrom, validTo: new Date(validFrom.getTime() + days * DAY) });
const inDays = (milliseconds: number) => Math.round((milliseconds / DAY) * 10) / 10;

/** The days that are left when each stage is told, looked at every six hours of the whole lifetime. */
function told(days: number, renewsItself: boolean): number[] {
  const stages = new Map<number, number>();
  for (let age = 0; age <= days * 4; age += 1) {
    const now = new Date(validFrom.getTime() + (age * DAY) / 4);
    const stage = expiryStage(living(days), { renewsItself, now });
    if (stage !== undefined && !stages.has(stage)) stages.set(stage, days - age / 4);
  }
  return [...stages.values()];
}

describe('A17: the stages of a certificate are right for any lifetime', () => {
  test.each([
    [398, [132.7, 66.3, 30, 15, 7, 3, 1]],
    [198, [66, 33, 30, 15, 7, 3, 1]],
    [100, [33.3, 16.7, 15, 7, 3, 1]],
    [90, [30, 15, 7, 3, 1]],
    [47, [15.7, 7.8, 7, 3, 1]],
    [45, [15, 7.5, 7, 3, 1]],
    [6, [2, 1]],
  ])('of %d days: with %j days left', (days, stages) => {
    expect(expiryStages(living(days)).map(inDays)).toEqual(stages);
  });

  test.each([
    [198, [66, 33, 30, 15, 7, 3, 1]],
    [47, [15.5, 7.75, 7, 3, 1]],
    [6, [2, 1]],
  ])('one of %d days that is not renewed is told of once each', (days, stages) => {
    expect(told(days, false)).toEqual(stages);
  });

  test.each([
    [198, 33],
    [100, 16.5],
    [90, 15],
    [47, 7.75],
    [45, 7.5],
    [6, 1],
  ])('one of %d days that is renewed by itself is told of with %d days left first', (days, first) => {
    expect(told(days, true)[0]).toBe(first);
  });

  test.each([198, 100, 47, 6])('ACM has begun to renew one of %d days before it is told of', (days) => {
    const lifetime = living(days);
    expect(inDays(renewalBegins(lifetime))).toBeGreaterThan(told(days, true)[0] ?? 0);
  });

  test('skips what nobody has looked at: one found late has its last stage at once', () => {
    const now = new Date(validFrom.getTime() + 196 * DAY);
    expect(expiryStage(living(198), { renewsItself: false, now })).toBe(6);
  });
});
