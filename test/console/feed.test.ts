import { mock } from 'node:test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

const MINUTE_MS = 60_000;
const STEP_MS = 500;

/** What of a browser decides when a page looks. */
class Browser extends EventTarget {
  visibilityState: 'visible' | 'hidden' = 'visible';

  becomes(state: Browser['visibilityState']): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('a feed', () => {
  let live: typeof import('../../console/live/feed.ts');
  const events = new EventTarget();
  let browser: Browser;
  /** What is there to be seen, and how often it was looked at. */
  let there: { runs: boolean; until: string[] };
  let looks: number;
  let others: number;
  let leave: (() => void)[];

  beforeAll(async () => {
    mock.timers.enable({ apis: ['Date', 'setInterval', 'setTimeout'], now: new Date('2026-11-30T12:00:00Z') });
    Object.assign(globalThis, {
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
    });
    Object.assign(globalThis, { document: new Browser() });
    live = await import('../../console/live/feed.ts');
  });
  afterAll(() => {
    mock.timers.reset();
  });

  beforeEach(async () => {
    browser = new Browser();
    Object.assign(globalThis, { document: browser });
    there = { runs: false, until: [] };
    looks = 0;
    others = 0;
    const site = live.newFeed({
      look: async () => {
        looks += 1;
        if (failure) throw failure;
        return { ...there };
      },
      isBusy: ({ runs }) => runs,
      changesAt: ({ until }) => until,
    });
    const beside = live.newFeed({
      look: async () => {
        others += 1;
      },
    });
    leave = [site.watch(), beside.watch()];
    await pass(0);
  });
  afterEach(() => {
    for (const each of leave) each();
    failure = undefined;
  });

  let failure: Error | undefined;
  const pass = async (ms: number) => {
    for (let passed = 0; passed <= ms; passed += STEP_MS) {
      // What was asked for is answered within the step.
      await new Promise((answered) => setImmediate(answered));
      if (passed < ms) mock.timers.tick(STEP_MS);
    }
  };

  test('is looked at on opening, and costs nothing from then on while nothing runs', async () => {
    await pass(24 * 60 * MINUTE_MS);
    expect([looks, others]).toEqual([1, 1]);
  });

  test('is looked at once when its page is seen again, or has the focus, and not twice within some seconds', async () => {
    await pass(MINUTE_MS);
    browser.becomes('hidden');
    browser.becomes('visible');
    events.dispatchEvent(new Event('focus'));
    await pass(1_000);
    events.dispatchEvent(new Event('focus'));
    await pass(MINUTE_MS);
    expect(looks).toBe(2);
    events.dispatchEvent(new Event('focus'));
    await pass(MINUTE_MS);
    expect(looks).toBe(3);
  });

  test('is followed once an operation is begun, until it has ended, and all beside it is then looked at', async () => {
    there = { runs: true, until: [] };
    live.lookAgain();
    await pass(10_000);
    expect(looks).toBeGreaterThan(5);
    expect(others).toBe(2);
    there = { runs: false, until: [] };
    await pass(10_000);
    const ended = looks;
    await pass(60 * MINUTE_MS);
    expect([looks, others]).toEqual([ended, 3]);
  });

  test('is not followed while nobody sees it', async () => {
    there = { runs: true, until: [] };
    live.lookAgain();
    await pass(1_000);
    browser.becomes('hidden');
    const before = looks;
    await pass(60 * MINUTE_MS);
    expect(looks).toBe(before);
  });

  test('is followed for a moment when something ends by itself, though it is no longer told when', async () => {
    there = { runs: false, until: [new Date(Date.now() + 60 * MINUTE_MS).toISOString()] };
    live.lookAgain();
    await pass(59 * MINUTE_MS);
    expect(looks).toBe(2);
    there = { runs: false, until: [] };
    await pass(2 * MINUTE_MS);
    expect(looks).toBeGreaterThan(5);
    await pass(5 * MINUTE_MS);
    const then = looks;
    await pass(60 * MINUTE_MS);
    expect(looks).toBe(then);
  });

  test('that fails is looked at five times more, and then when the network is back', async () => {
    failure = new Error('The API is away');
    live.lookAgain();
    await pass(60 * MINUTE_MS);
    expect(looks).toBe(1 + 6);
    failure = undefined;
    events.dispatchEvent(new Event('online'));
    await pass(60 * MINUTE_MS);
    expect(looks).toBe(1 + 7);
  });
});
