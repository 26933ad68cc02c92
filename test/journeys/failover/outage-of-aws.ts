import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const HOUR = 3_600_000;

export function outageOfAws(boot: SharedBoot): void {
  describe('A6: an outage of AWS in the midst of a first onboarding that is to be undone when it fails', () => {
    let nameplate: Nameplate;
    let shop: string;
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ shop } = boot.names());
      await nameplate.begin(shop, { onFailure: 'undo' });
    });

    /** Lets AWS time pass until a step is done. */
    const done = (step: string) =>
      nameplate.aws.clock.until(async () =>
        (await nameplate.show(shop)).steps.some(({ name, state }) => name === step && state === 'done'),
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
      const site = await nameplate.ended(shop);
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
      expect((await nameplate.show(shop)).waiting).toContainEqual(
        expect.objectContaining({ for: expect.stringMatching(/^AWS is busy or unreachable/) }),
      );
      expect((await nameplate.ended(shop)).state).toBe('live');
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
      const held = await nameplate.ended(shop);
      expect(held).toMatchObject({
        state: 'held',
        reason: { message: expect.stringMatching(/Lambda.TooManyRequestsException.*resume it$/) },
      });
      expect((await nameplate.look()).map(({ id }) => id)).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });
  });
}
