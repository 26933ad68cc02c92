import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AwsTimers, installAwsTimers } from '../../../local/services/lambda/worker/aws-timers.ts';

const { setTimeout: set, clearTimeout: clear } = globalThis;
let timers: AwsTimers;
beforeEach(() => {
  timers = installAwsTimers();
});
afterEach(() => {
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
});

test('a long timer fires at the instant it was told for, though the clock of this thread has not got there yet', () => {
  const fired: string[] = [];
  const ours = [setTimeout(() => fired.push('later'), 61_000), setTimeout(() => fired.push('due'), 60_000)];
  const at = timers.next() ?? Number.NaN;
  expect(at - Date.now()).toBeGreaterThan(1_000);
  timers.fire(at);
  expect(fired).toEqual(['due']);
  expect([timers.count(), timers.next()]).toEqual([1, expect.any(Number)]);
  for (const timer of ours) clearTimeout(timer);
  expect(timers.count()).toBe(0);
});

test('short timers are left to Node', () => {
  const timer = setTimeout(() => {}, 999);
  expect(timers.count()).toBe(0);
  clearTimeout(timer);
});
