import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ALambda, aLambda, roleArn } from './a-lambda.ts';

const aDay = 86_400_000;

describe('time inside a function', () => {
  let aws: ALambda;
  beforeEach(async () => {
    aws = await aLambda();
  });
  afterEach(async () => {
    await aws.close();
  });

  test('is AWS time for new Date(), Date.now() and Date(), also in an environment that slept for days', async () => {
    await aws.aFunction(
      'clock',
      'export const handler = async () => [new Date().toISOString(), new Date(Date.now()).toISOString(), Date()];',
    );
    const first = (await aws.invoke('clock')).payload as string[];
    expect(first.slice(0, 2).map((at) => at.slice(0, 16))).toEqual(['2026-11-22T12:00', '2026-11-22T12:00']);
    await aws.clock.advance(0.4 * aDay);
    const later = (await aws.invoke('clock')).payload as string[];
    expect(later[0]?.slice(0, 16)).toBe('2026-11-22T21:36');
    expect(later[2]).toContain('Nov 22 2026');
    expect(aws.lambda.statistics().clock?.coldStarts).toBe(1);
  });

  test('leaves dates that were given, subclasses and instanceof as they are', async () => {
    await aws.aFunction(
      'dates',
      `class Day extends Date {}
       export const handler = async () => [
         new Date('2020-02-29').toISOString(), new Date(0).getTime(), new Date(2020, 1, 1).getMonth(),
         new Date() instanceof Date, new Day() instanceof Day, new Date().constructor === Date, Date.UTC(1970, 0, 1),
         structuredClone(new Date(5)).getTime()];`,
    );
    expect((await aws.invoke('dates')).payload).toEqual(['2020-02-29T00:00:00.000Z', 0, 1, true, true, true, 0, 5]);
  });

  test('passes as the wall clock does while it runs', async () => {
    await aws.aFunction(
      'runs',
      `export const handler = async () => { const [a, w] = [Date.now(), performance.now()];
         await new Promise((done) => setTimeout(done, 200));
         return { aws: Date.now() - a, wall: performance.now() - w }; };`,
    );
    const { aws: awsMs, wall } = (await aws.invoke('runs')).payload as { aws: number; wall: number };
    expect(Math.abs(awsMs - wall)).toBeLessThan(20);
  });

  test('starts a new environment when the credentials inside have aged', async () => {
    await aws.aFunction('ages', 'export const handler = async () => 1;');
    await aws.invoke('ages');
    await aws.clock.advance(aDay);
    await aws.invoke('ages');
    expect(aws.lambda.statistics().ages?.coldStarts).toBe(2);
  });

  test('goes on while a function only waits for an answer that does not come, from timer to timer', async () => {
    await aws.aFunction(
      'waits',
      `export const handler = async ({ begin }) => {
         if (!begin) return 'warm';
         const [asked, fired] = [Date.now(), []];
         setTimeout(() => fired.push('after a minute'), 60_000);
         setTimeout(() => fired.push('never'), 400_000);
         clearTimeout(setTimeout(() => fired.push('cleared'), 30_000));
         await new Promise((letGo) => setTimeout(letGo, 300_000));
         return [fired, Math.round((Date.now() - asked) / 1000)];
       };`,
      { Timeout: 900 },
    );
    await aws.invoke('waits');
    const letGo = new AbortController();
    const invoked = aws.invoke('waits', { begin: true }).finally(() => letGo.abort());
    while (aws.lambda.resting() === 0) {
      void aws.lambda.restCaller({ arn: `${roleArn}/waits` }, letGo.signal);
      await new Promise((turn) => setImmediate(turn));
    }
    await aws.clock.until(() => aws.lambda.statistics()['waits']?.invocations === 2);
    expect((await invoked).payload).toEqual([['after a minute'], 300]);
  });
});
