import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const SHOP = 'shop.wild.test';
const OLD = '198.51.100.99';

export function namesThatAreServed(boot: SharedBoot): void {
  describe('a name that is served today', () => {
    let nameplate: Nameplate;
    beforeEach(() => {
      nameplate = boot.nameplate;
    });

    test('R31: a name that only a wildcard answers for never stops answering, and keeps its mail', async () => {
      const created = await nameplate.ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
        Name: 'wild.test',
        CallerReference: 'theirs',
      });
      const wildcard = (Type: string, Value: string) => ({
        Action: 'CREATE',
        ResourceRecordSet: { Name: '*.wild.test', Type, TTL: 60, ResourceRecords: [{ Value }] },
      });
      await nameplate.ask('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: created.HostedZone.Id,
        ChangeBatch: { Changes: [wildcard('A', OLD), wildcard('MX', '10 mail.wild.test.')] },
      });
      await nameplate.begin(SHOP, { aliases: [`www.${SHOP}`] });
      await nameplate.waitsIn(SHOP, 'AwaitLoadBalancer');
      // The validation records have stood for minutes now, below both names.
      for (const name of [SHOP, `www.${SHOP}`]) expect(await nameplate.viewer.addresses(name)).toEqual([OLD]);
      expect((await nameplate.ended(SHOP)).state).toBe('live');
      expect(await nameplate.viewer.addresses(SHOP)).not.toContain(OLD);
      const shown = (await nameplate.records('wild.test')).map(({ Name, Type }) => `${Name} ${Type}`);
      expect(shown).toEqual(expect.arrayContaining([`${SHOP}. MX`, `www.${SHOP}. MX`, '\\052.wild.test. A']));
    });

    test('a site that lets in one address only goes live without the probes having seen it, and says so', async () => {
      const site = await nameplate.onboard('mine.example.test', { http: 'reject', access: ['198.51.100.7/32'] });
      expect(site.state).toBe('live');
      const told = site.timeline.find(({ step }) => step === 'Preflight')?.message;
      expect(told).toMatch(/could not be looked at; not seen from here: .* \(only 198\.51\.100\.7\/32 may come\)/);
      expect((await nameplate.viewer.https('mine.example.test')).status).toBe(200);
    });

    test('a site without a load balancer leads to the instance itself', async () => {
      const site = await nameplate.onboard('plain.example.test', { edge: 'direct' });
      expect(site.state).toBe('live');
      expect(site.steps.flatMap(({ made }) => made.map(({ type }) => type)).sort()).toEqual([
        'elastic address',
        'hosted zone',
        'record',
      ]);
      expect((await nameplate.viewer.http('plain.example.test')).body).toContain('The shop is open');
    });
  });
}
