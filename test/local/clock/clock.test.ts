import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../local/clock/clock.ts';
import { TokenBucket } from '../../../local/clock/token-bucket.ts';

const noon = new Date('2026-11-22T12:00:00Z');
const minutes = (n: number): number => n * 60_000;

describe('AWS time', () => {
  test('stands still at speed 0 while nothing is at work', async () => {
    const clock = new Clock({ startAt: noon });
    await new Promise((turn) => setTimeout(turn, 20));
    expect(clock.now()).toEqual(noon);
  });

  test('passes as on the wall while something is at work', async () => {
    const clock = new Clock({ startAt: noon });
    const wallBefore = performance.now();
    await clock.during(() => new Promise((turn) => setTimeout(turn, 30)));
    const passed = clock.now().getTime() - noon.getTime();
    expect(passed).toBeGreaterThanOrEqual(25);
    expect(passed).toBeLessThanOrEqual(performance.now() - wallBefore + 5);
  });

  test('stands still even while something is at work, where it is told to', async () => {
    const clock = new Clock({ startAt: noon, passesAtWork: false });
    await clock.during(() => new Promise((turn) => setTimeout(turn, 5)));
    expect(clock.now()).toEqual(noon);
    await clock.advance(minutes(1));
    expect(clock.now().getTime() - noon.getTime()).toBe(minutes(1));
  });

  test('passes `speed` times as fast while everything waits', async () => {
    const clock = new Clock({ startAt: noon, speed: 1000 });
    const wallBefore = performance.now();
    await clock.wait(minutes(1));
    expect(performance.now() - wallBefore).toBeLessThan(5_000);
    expect(clock.now().getTime() - noon.getTime()).toBeGreaterThanOrEqual(minutes(1));
    clock.stop();
  });

  test('is advanced from one due thing to the next, in order, each at its own instant', async () => {
    const clock = new Clock({ startAt: noon });
    const seen: string[] = [];
    clock.after(minutes(2), () => seen.push(`second at ${clock.now().toISOString().slice(14, 19)}`));
    clock.after(minutes(1), async () => {
      seen.push(`first at ${clock.now().toISOString().slice(14, 19)}`);
      clock.after(minutes(0.5), () => seen.push(`what the first began at ${clock.now().toISOString().slice(14, 19)}`));
    });
    clock.after(minutes(10), () => seen.push('too late'));
    await clock.advance(minutes(5));
    expect(seen).toEqual(['first at 01:00', 'what the first began at 01:30', 'second at 02:00']);
    expect(clock.now().toISOString().slice(14, 19)).toBe('05:00');
  });

  test('waits for work to finish before it goes on', async () => {
    const clock = new Clock({ startAt: noon });
    const seen: string[] = [];
    clock.after(1000, async () => {
      await new Promise((turn) => setTimeout(turn, 20));
      seen.push('slow work done');
    });
    clock.after(minutes(1), () => seen.push('a minute later'));
    await clock.advance(minutes(2));
    expect(seen).toEqual(['slow work done', 'a minute later']);
  });

  test('does not run what was cancelled', async () => {
    const clock = new Clock({ startAt: noon });
    let ran = false;
    clock
      .after(1000, () => {
        ran = true;
      })
      .cancel();
    await clock.advance(minutes(1));
    expect(ran).toBe(false);
  });

  test('goes on until a condition holds and no further', async () => {
    const clock = new Clock({ startAt: noon });
    let issued = false;
    clock.after(45_000, () => {
      issued = true;
    });
    clock.after(minutes(5), () => {});
    await clock.until(() => issued);
    expect(clock.now().getTime() - noon.getTime()).toBeLessThan(46_000);
  });

  test('says so when nothing is left that could make the condition true', async () => {
    const clock = new Clock({ startAt: noon });
    await expect(clock.until(() => false)).rejects.toThrow('nothing is left to happen');
  });

  test('a waiter can be called off', async () => {
    const clock = new Clock({ startAt: noon });
    const off = new AbortController();
    const waiting = clock.wait(minutes(1), off.signal);
    off.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
  });

  test('work that itself waits lets time pass as on the wall, even while somebody advances', async () => {
    const clock = new Clock({ startAt: noon });
    clock.after(1000, () => clock.wait(20));
    await clock.advance(2000);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(noon.getTime() + 2000);
  });
});

describe('a token bucket', () => {
  test('gives its burst at once and refills on AWS time', async () => {
    const clock = new Clock({ startAt: noon });
    const bucket = new TokenBucket(clock, { burst: 3, perSecond: 2 });
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
    await clock.advance(1000);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });

  test('takes nothing when it cannot take all', () => {
    const bucket = new TokenBucket(new Clock({ startAt: noon }), { burst: 3, perSecond: 1 });
    expect(bucket.take(4)).toBe(false);
    expect(bucket.take(3)).toBe(true);
  });
});
