import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import { MaintainedShop } from '../support/maintained-shop.ts';
import { Nameplate } from '../support/nameplate.ts';

const MINUTE = 60_000;

let shop: MaintainedShop;
beforeAll(async () => {
  const nameplate = await Nameplate.boot({ startAt: new Date('2026-10-24T12:00:00Z') });
  await aZone(nameplate, 'clocks.test');
  shop = new MaintainedShop(nameplate, 'shop.clocks.test', { failover: {} });
  await shop.declare();
});
afterAll(() => shop?.nameplate.aws.close());

/** Lets time pass until then. */
const until = async (instant: string): Promise<void> =>
  shop.later((Date.parse(instant) - shop.nameplate.aws.clock.now().getTime()) / MINUTE);
const on = async () => (await shop.shown()).failover?.on;

/** By when the clocks change; each window begins before that and ends after it. */
test.each([
  {
    change: 'the clocks of Berlin go back',
    local: { from: '2026-10-25T01:30', until: '2026-10-25T03:30', timeZone: 'Europe/Berlin' },
    from: '2026-10-24T23:30:00.000Z',
    end: '2026-10-25T02:30:00.000Z',
  },
  {
    change: 'the clocks of New York go back',
    local: { from: '2026-11-01T00:30', until: '2026-11-01T02:30', timeZone: 'America/New_York' },
    from: '2026-11-01T04:30:00.000Z',
    end: '2026-11-01T07:30:00.000Z',
  },
  {
    change: 'the clocks of New York go forward',
    local: { from: '2027-03-14T01:30', until: '2027-03-14T03:30', timeZone: 'America/New_York' },
    from: '2027-03-14T06:30:00.000Z',
    end: '2027-03-14T07:30:00.000Z',
  },
  {
    change: 'the clocks of Berlin go forward',
    local: { from: '2027-03-28T01:30', until: '2027-03-28T03:30', timeZone: 'Europe/Berlin' },
    from: '2027-03-28T00:30:00.000Z',
    end: '2027-03-28T01:30:00.000Z',
  },
])(
  '#13: a window in the night in which $change is open from its first local time until its last',
  async ({ local, from, end }) => {
    expect(await shop.windowOf(local)).toMatchObject({ from, until: end });
    const before = new Date(Date.parse(from) - 5 * MINUTE).toISOString();
    await until(before);
    expect(await on()).toBe('origin');
    // Scheduler calls up to a minute late, and a switch takes some more.
    await until(new Date(Date.parse(from) + 5 * MINUTE).toISOString());
    expect(await on()).toBe('page');
    expect(await shop.seen()).toEqual(['page', 'page']);
    await until(new Date(Date.parse(end) - 5 * MINUTE).toISOString());
    expect(await on()).toBe('page');
    await until(new Date(Date.parse(end) + 5 * MINUTE).toISOString());
    expect(await on()).toBe('origin');
    expect(await shop.seen()).toEqual(['site', 'site']);
  },
);
