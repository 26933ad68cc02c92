import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Nameplate, type Shown } from '../support/nameplate.ts';

const HOUR = 3_600_000;
const SHOP = 'shop.example.test';

describe('A6: an outage of AWS in the midst of a first onboarding that is to be undone when it fails', () => {
  let nameplate: Nameplate;
  beforeEach(async () => {
    nameplate = await Nameplate.boot();
    await nameplate.begin(SHOP, { onFailure: 'undo' });
  });
  afterEach(() => nameplate.close());

  /** Lets AWS time pass until a step is done. */
  const done = (step: string) =>
    nameplate.aws.clock.until(async () =>
      (await nameplate.show(SHOP)).steps.some(({ name, state }) => name === step && state === 'done'),
    );
  const messages = ({ timeline }: Shown) => timeline.map(({ message }) => message).join('\n');

  test('of every service for three hours: goes on to live', async () => {
    await done('CreateLoadBalancer');
    nameplate.aws.faults.add({
      service: '*',
      operation: '*',
      caller: 'assumed-role/',
      kind: 'throttle',
      lasts: 3 * 3_600,
    });
    await nameplate.aws.clock.advance(3 * HOUR);
    const site = await nameplate.ended(SHOP);
    expect(site).toMatchObject({ state: 'live', revision: 1 });
    expect(messages(site)).not.toMatch(/taking back|failed/i);
  });

  test('of one service for hours: the site shows that it does not answer, and goes on to live', async () => {
    await done('CreateLoadBalancer');
    nameplate.aws.faults.add({
      service: 'elasticloadbalancing',
      operation: '*',
      kind: 'error-before',
      lasts: 3 * 3_600,
    });
    await nameplate.aws.clock.advance(HOUR);
    expect((await nameplate.show(SHOP)).waiting).toContainEqual(
      expect.objectContaining({ for: expect.stringMatching(/^AWS is busy or unreachable/) }),
    );
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });

  test('of Lambda, longer than any patience: is held with all that it made, and goes on when it is resumed', async () => {
    await done('CreateLoadBalancer');
    const made = await nameplate.look();
    nameplate.aws.faults.add({
      service: 'lambda',
      operation: 'Invoke',
      caller: 'assumed-role/',
      kind: 'throttle',
      lasts: 80 * 3_600,
    });
    await nameplate.aws.clock.advance(80 * HOUR);
    const held = await nameplate.ended(SHOP);
    expect(held).toMatchObject({
      state: 'held',
      reason: { message: expect.stringMatching(/Lambda.TooManyRequestsException.*resume it$/) },
    });
    expect((await nameplate.look()).map(({ id }) => id)).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    expect((await nameplate.act(SHOP, 'resume')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
  });
});
