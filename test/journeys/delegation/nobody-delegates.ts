import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const HOUR = 3_600_000;

export function nobodyDelegates(boot: SharedBoot): void {
  describe('when nobody enters the name servers', () => {
    let nameplate: Nameplate;
    let shop: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      shop = boot.names().shop;
    });

    test('delegation late: the site waits for days and says what to enter where', async () => {
      await nameplate.begin(shop, { edge: 'direct' });
      const waiting = await nameplate.waitsIn(shop, 'CheckDelegation');
      for (const server of waiting.nameServers ?? []) expect(waiting.waiting[0]?.for).toContain(server);
      await nameplate.aws.clock.advance(3 * 24 * HOUR);
      expect((await nameplate.show(shop)).state).toBe('pending');
      nameplate.aws.registrar.delegate(shop, waiting.nameServers ?? []);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });

    test('somebody stops its execution in the console: the site is held, says so, and resumes', async () => {
      await nameplate.begin(shop, { edge: 'direct' });
      const { nameServers = [] } = await nameplate.waitsIn(shop, 'CheckDelegation');
      const [executionArn] = nameplate.aws.states.running();
      await nameplate.ask('states', 'StopExecution', { executionArn });
      await nameplate.aws.clock.until(async () => (await nameplate.show(shop)).state !== 'pending');
      expect(await nameplate.show(shop)).toMatchObject({
        state: 'held',
        reason: { step: 'CheckDelegation', message: expect.stringContaining('Its execution was stopped') },
      });
      nameplate.aws.registrar.delegate(shop, nameServers);
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
    });
  });
}
