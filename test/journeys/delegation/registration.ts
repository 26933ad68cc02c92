import type { ListRulesResponse } from '@aws-sdk/client-eventbridge';
import { expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { alertsTold } from '../../support/alerts-told.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const DAY_MS = 86_400_000;

/** Within which each site is looked at. */
const LOOK_MS = 6 * 3_600_000;

export function registration(boot: SharedBoot): void {
  test('#14: people are told of a registration that ends once for each stage, and no more once it is renewed', async () => {
    const { nameplate } = boot;
    const { clock, rdap, sns } = nameplate.aws;
    const { zone, shop } = boot.namesInZone();
    await aZone(nameplate, zone);
    const origin = { instance: { id: await anotherInstance(nameplate) } };
    expect((await nameplate.onboard(shop, { edge: 'direct', origin })).state).toBe('live');
    const end = clock.now().getTime() + 62 * DAY_MS;
    rdap.expirations.set(zone, new Date(end));
    const told = () =>
      alertsTold(sns.published).flatMap(({ words }) => (words.endsWith('registrationExpiring') ? [words] : []));
    /** Lets time pass until so many days are left, with a look in the last six hours of it. */
    const until = async (daysLeft: number) => {
      const { Rules = [] } = await nameplate.ask<ListRulesResponse>('events', 'ListRules');
      const Name = Rules.find(({ Name: name }) => name?.includes('CareSweep'))?.Name;
      await clock.advance(end - daysLeft * DAY_MS - LOOK_MS - clock.now().getTime());
      await nameplate.ask('events', 'EnableRule', { Name });
      await clock.advance(LOOK_MS);
      await nameplate.ask('events', 'DisableRule', { Name });
    };
    await until(60.5);
    expect(told()).toEqual([]);
    await until(58);
    expect(told()).toEqual(['Raised registrationExpiring']);
    await until(31);
    expect(told()).toHaveLength(1);
    await until(28);
    expect(told()).toEqual(['Raised registrationExpiring', 'Escalated registrationExpiring']);

    // The registry asks for patience: what it said last counts.
    rdap.busySeconds = 2 * 86_400;
    await until(13);
    expect(told()[2]).toBe('Escalated registrationExpiring');
    rdap.busySeconds = undefined;
    rdap.expirations.set(zone, new Date(end + 365 * DAY_MS));
    await until(9);
    expect(told().slice(2)).toEqual(['Escalated registrationExpiring', 'Resolved registrationExpiring']);
  });
}
