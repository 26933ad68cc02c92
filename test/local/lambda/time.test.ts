import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ALambda, aLambda, roleArn } from './a-lambda.ts';

const aDay = 86_400_000;

/** What a function measures of a wait, in ms: how much AWS time it took, and how much of that passed on the wall. */
interface Waited {
  aws: number;
  wall: number;
}

/** `Date` and the clock's offset count whole milliseconds, each. */
const RESOLUTION_MS = 2;

/** AWS time went on by so much and by what the function did meanwhile, and nobody waited for it on the wall. */
function expectWaited({ aws, wall }: Waited, ms: number): void {
  expect(aws).toBeGreaterThanOrEqual(ms - RESOLUTION_MS);
  expect(aws - wall).toBeLessThanOrEqual(ms + RESOLUTION_MS);
  expect(wall).toBeLessThan(Math.max(ms, 60_000));
}

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
         const [begun, asked, fired] = [process.hrtime.bigint(), Date.now(), []];
         setTimeout(() => fired.push('after a minute'), 60_000);
         setTimeout(() => fired.push('never'), 400_000);
         clearTimeout(setTimeout(() => fired.push('cleared'), 30_000));
         await new Promise((letGo) => setTimeout(letGo, 300_000));
         return { fired, aws: Date.now() - asked, wall: Number(process.hrtime.bigint() - begun) / 1e6 };
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
    const { fired, ...waited } = (await invoked).payload as Waited & { fired: string[] };
    expect(fired).toEqual(['after a minute']);
    expectWaited(waited, 300_000);
  });

  /** Knocks at an address that says nothing, and at the port of this machine, if any is given; waits for the answer of the one or for a minute. */
  const knocks = `import { connect } from 'node:net';
    export const handler = async ({ port }) => {
      const [begun, asked, counted] = [process.hrtime.bigint(), Date.now(), performance.now()];
      const [knocked, late] = [Promise.withResolvers(), Promise.withResolvers()];
      const timer = setTimeout(late.resolve, 60_000, 'silence');
      const socket = connect(443, '203.0.113.11').once('connect', () => knocked.resolve('open'));
      const answer = port ? fetch('http://127.0.0.1:' + port).then((got) => got.text()) : knocked.promise;
      const heard = await Promise.race([answer, late.promise]);
      clearTimeout(timer);
      socket.destroy();
      const [aws, counts] = [Date.now() - asked, performance.now() - counted];
      return { heard, aws, counts, wall: Number(process.hrtime.bigint() - begun) / 1e6 };
    };`;

  const expectKnocked = (payload: unknown, heard: string, ms: number): void => {
    const knocked = payload as Waited & { heard: string; counts: number };
    expect(knocked.heard).toBe(heard);
    expectWaited(knocked, ms);
    expectWaited({ ...knocked, aws: knocked.counts }, ms);
  };

  /** An address whose packets are dropped. */
  const sayNothing = () => {
    aws.internet.attach('203.0.113.11');
    aws.internet.guard('203.0.113.11', () => false);
  };

  const untilKnocked = async () => {
    while (aws.lambda.environments() === 0) await new Promise((turn) => setImmediate(turn));
    await aws.clock.until(() => aws.lambda.statistics()['knocks']?.invocations === 1);
  };

  test('goes on while a function only waits for a connection that nobody answers, and counts as passed in it', async () => {
    sayNothing();
    await aws.aFunction('knocks', knocks, { Timeout: 900 });
    const invoked = aws.invoke('knocks');
    await untilKnocked();
    expectKnocked((await invoked).payload, 'silence', 60_000);
  });

  test('does not while the function waits for an answer that comes as well', async () => {
    sayNothing();
    let turns = 0;
    const slow = createServer((_, response) => {
      const turn = (): void => void (turns++ < 100 ? setTimeout(turn, 1) : response.end('heard'));
      turn();
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    await aws.aFunction('knocks', knocks, { Timeout: 900 });
    const invoked = aws.invoke('knocks', { port: (slow.address() as AddressInfo).port });
    await untilKnocked();
    expectKnocked((await invoked).payload, 'heard', 0);
    slow.closeAllConnections();
    slow.close();
  });
});
