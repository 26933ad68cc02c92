import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../cli/viewer.ts';
import { aZone } from '../support/a-zone.ts';
import { Nameplate } from '../support/nameplate.ts';
import { watchedConstantly } from '../support/watch-constantly.ts';

const MINUTE = 60_000;
const ALARM = 'shop-down';
const isPage = ({ status, headers }: Answer): boolean => status === 503 && headers['retry-after'] !== undefined;
const isSite = ({ status }: Answer): boolean => status === 200;

/** A site with a maintenance page, whose time passes as the test says. */
class Shop {
  readonly nameplate: Nameplate;
  readonly domain: string;
  readonly www: string;

  constructor(nameplate: Nameplate, domain: string) {
    this.nameplate = nameplate;
    this.domain = domain;
    this.www = `www.${domain}`;
  }

  /** Declares it, and lets time pass until it is live. */
  async declare(more: object): Promise<void> {
    const document = this.nameplate.document(this.domain, { aliases: [this.www], ...more });
    const url = `${this.nameplate.aws.apiUrl}/v1/sites`;
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(document) })).status).toBe(202);
    const { state, reason } = await this.nameplate.ended(this.domain);
    expect([state, reason]).toEqual(['live', undefined]);
  }

  async ask(path: string, { method = 'PUT', body = {} }: { method?: string; body?: object } = {}): Promise<Response> {
    const url = `${this.nameplate.aws.apiUrl}/v1/sites/${this.domain}/${path}`;
    return fetch(url, { method, ...(method !== 'DELETE' && { body: JSON.stringify(body) }) });
  }

  /** Asks for a switch, or for what else there is to say of the maintenance. */
  async put(body: object): Promise<number> {
    return (await this.ask('maintenance', { body })).status;
  }

  /** A window from and until so many minutes from now. */
  async window(from: number, until: number, message?: string): Promise<{ id: string }> {
    const at = (minutes: number) => new Date(this.nameplate.aws.clock.now().getTime() + minutes * MINUTE).toISOString();
    const body = { from: at(from), until: at(until), ...(message !== undefined && { message }) };
    const response = await this.ask('maintenance/windows', { method: 'POST', body });
    expect(response.status).toBe(201);
    return (await response.json()) as { id: string };
  }

  /** Lets time pass, and all that it sets going. */
  async later(minutes: number): Promise<void> {
    await this.nameplate.aws.clock.advance(minutes * MINUTE);
    await this.nameplate.ended(this.domain);
  }

  async shown(): Promise<{
    state: string;
    reason?: object;
    failover?: { on: string; cause?: string; hold: boolean; until?: string };
  }> {
    return (await this.nameplate.show(this.domain)) as never;
  }

  /** What viewers of both names see, once no resolver remembers anything else. */
  async seen(): Promise<string[]> {
    await this.nameplate.aws.clock.advance(2 * MINUTE);
    const answers = await Promise.all([this.domain, this.www].map((name) => this.nameplate.viewer.https(name)));
    return answers.map((answer) => (isPage(answer) ? 'page' : isSite(answer) ? 'site' : String(answer.status)));
  }
}

async function aShop(zone: string, more: object): Promise<Shop> {
  const nameplate = await Nameplate.boot({ sweeps: true });
  await aZone(nameplate, zone);
  const shop = new Shop(nameplate, `shop.${zone}`);
  await shop.declare(more);
  return shop;
}

/** An alarm that keeps the state that it is set to. */
async function anAlarm({ ask, aws }: Nameplate): Promise<string> {
  const metric = { Namespace: 'Shop', MetricName: 'Up', Statistic: 'Minimum', Period: 60, EvaluationPeriods: 3 };
  const rule = { Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'ignore' };
  await ask('monitoring', 'PutMetricAlarm', { AlarmName: ALARM, ...metric, ...rule });
  return `arn:aws:cloudwatch:${aws.region}:${aws.account}:alarm:${ALARM}`;
}

const setAlarm = (shop: Shop, StateValue: 'OK' | 'ALARM') =>
  shop.nameplate.ask('monitoring', 'SetAlarmState', { AlarmName: ALARM, StateValue, StateReason: 'test' });

describe.each(['load-balancer', 'cdn'] as const)('the maintenance of a site with the edge "%s"', (edge) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await aShop(`${edge}.test`, { edge, failover: { page: { message: 'As declared' } } });
  });
  afterAll(() => shop?.nameplate.aws.close());

  test('on by request: no request during the switch gets anything but the site or the page, and every path has the page afterwards', async () => {
    const { nameplate, domain, www } = shop;
    expect(await shop.put({ state: 'on', message: 'Back at four' })).toBe(202);
    const isRight = (answer: Answer) => isSite(answer) || isPage(answer);
    const { failures, looks } = await watchedConstantly(nameplate, domain, [domain, www], isRight);
    expect(failures).toEqual([]);
    expect(looks).toBeGreaterThan(10);
    expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'page', cause: 'request' } });
    expect(await shop.seen()).toEqual(['page', 'page']);
    const answer = await nameplate.viewer.https(www, { path: '/basket?of=me' });
    expect([answer.status, answer.body]).toEqual([503, expect.stringContaining('Back at four')]);
  });

  test('the same request again moves nothing', async () => {
    expect(await shop.put({ state: 'on', message: 'Back at four' })).toBe(200);
    expect(shop.nameplate.aws.states.running()).toEqual([]);
  });

  test('off by request: no request gets anything but the site or the page, and every name has the site afterwards', async () => {
    const { nameplate, domain, www } = shop;
    expect(await shop.put({ state: 'off' })).toBe(202);
    const isRight = (answer: Answer) => isSite(answer) || isPage(answer);
    const { failures } = await watchedConstantly(nameplate, domain, [domain, www], isRight);
    expect(failures).toEqual([]);
    expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'origin' } });
    expect(await shop.seen()).toEqual(['site', 'site']);
  });

  test('without a request, while the origin fails: viewers see the page, and the site once it is well', async () => {
    const { aws, world } = shop.nameplate;
    aws.ec2.web(world.instanceId).fail(503);
    await aws.clock.advance(7 * MINUTE);
    for (const name of [shop.domain, shop.www]) {
      const { status, body } = await shop.nameplate.viewer.https(name, { path: '/basket' });
      expect([status, body]).toEqual([503, expect.stringContaining('As declared')]);
    }
    aws.ec2.web(world.instanceId).fail(undefined);
    await aws.clock.advance(5 * MINUTE);
    expect(await shop.seen()).toEqual(['site', 'site']);
    expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'origin' } });
  });
});

describe('what asks for the maintenance of a site', () => {
  let shop: Shop;
  beforeAll(async () => {
    const nameplate = await Nameplate.boot({ sweeps: true });
    await aZone(nameplate, 'asked.test');
    const alarm = await anAlarm(nameplate);
    await setAlarm(new Shop(nameplate, 'shop.asked.test'), 'OK');
    shop = new Shop(nameplate, 'shop.asked.test');
    await shop.declare({ failover: { alarm } });
  });
  afterAll(() => shop?.nameplate.aws.close());

  test('a window: the page is on from its start until its end', async () => {
    await shop.window(60, 120, 'Tonight');
    await shop.later(50);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
    await shop.later(12);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'schedule' } });
    expect(await shop.seen()).toEqual(['page', 'page']);
    await shop.later(62);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
    expect(await shop.seen()).toEqual(['site', 'site']);
  });

  test('F5: a window whose end event is lost ends by the sweep', async () => {
    const { id } = await shop.window(10, 30);
    const { Schedules } = await shop.nameplate.ask<{ Schedules: { Name: string; GroupName: string }[] }>(
      'scheduler',
      'ListSchedules',
    );
    const end = Schedules.find(({ Name }) => Name.endsWith(`${id}-until`));
    await shop.nameplate.ask('scheduler', 'DeleteSchedule', { Name: end?.Name, GroupName: end?.GroupName });
    await shop.later(12);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'schedule' } });
    await shop.later(26);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
  });

  test('F4: the lock beats a window and the alarm', async () => {
    expect(await shop.put({ state: 'off', hold: true })).toBe(200);
    await shop.window(1, 20);
    await setAlarm(shop, 'ALARM');
    await shop.later(10);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'origin', hold: true } });
    await setAlarm(shop, 'OK');
    await shop.later(45);
    expect(await shop.put({ state: 'off' })).toBe(200);
  });

  test('F1: the alarm switches the page on, and off once it was healthy for ten minutes', async () => {
    await setAlarm(shop, 'ALARM');
    await shop.later(5);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'alarm' } });
    expect(await shop.seen()).toEqual(['page', 'page']);
    await setAlarm(shop, 'OK');
    await shop.later(5);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'page' } });
    await shop.later(15);
    expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
    expect(await shop.seen()).toEqual(['site', 'site']);
  });
});
