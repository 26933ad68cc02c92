import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const EXTERNAL = { dns: 'external' };

let nameplate: Nameplate;
let zone: string;
let shop: string;

/** The finding of that name in a plan of the site. */
async function finding(domain: string, check: string) {
  const { findings } = await nameplate.plan(nameplate.document(domain, EXTERNAL));
  return findings.find((one) => one.check === check);
}

/** A plan has it as an error with its fix, and a request without a plan begins nothing and says the same. */
async function isRefusedFor(check: string, fix: string): Promise<void> {
  expect(await finding(shop, check)).toMatchObject({ severity: 'error', message: expect.stringContaining(fix) });
  const refused = await nameplate.post(nameplate.document(shop, EXTERNAL));
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    {
      type: 'urn:nameplate:problem:to-be-mended',
      errors: [{ pointer: '#/domain', detail: expect.stringContaining(fix) }],
    },
  ]);
}

export function externalDelegation(boot: SharedBoot): void {
  describe('the delegation of a zone that another provider keeps', () => {
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
    });

    test('C4: a zone that another provider keeps gets the checks of DS, CAA and delegation of a zone of ours', async () => {
      const { otherProvider, registrar } = nameplate.aws;
      otherProvider.addZone(zone);
      const data = [{ keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }];
      registrar.setRecords(zone, { type: 'DS', ttlSeconds: 300, data });
      await isRefusedFor(
        'unsignedZoneHasDs',
        'Sign the zone at its DNS provider, or remove the DS record at your registrar and wait until its TTL is over',
      );
      registrar.removeRecords(zone, 'DS');

      const allow = (authority: string) =>
        otherProvider.enter({ name: zone, type: 'CAA', values: [`0 issue "${authority}"`] });
      allow('letsencrypt.org');
      await isRefusedFor('authorityNotAllowed', `Add the record ${zone} CAA 0 issue "amazon.com"`);
      allow('amazon.com');
      expect(await finding(shop, 'zoneDelegated')).toMatchObject({ severity: 'info' });

      expect(await finding('nowhere.test', 'zoneNotDelegated')).toMatchObject({
        severity: 'warning',
        message: expect.stringContaining('enter the name servers of your DNS provider at your registrar'),
      });
    });

    test('C4: a delegation that another provider does not answer for is waited for, and says how to mend it', async () => {
      const { clock, otherProvider, registrar } = nameplate.aws;
      // Delegated to the provider, which has no such zone yet.
      registrar.delegate(zone, ['ns1.other-dns.net']);
      const fix = 'Create the zone with the DNS provider whose name servers these are';
      expect(await finding(zone, 'nameServersLame')).toMatchObject({
        severity: 'warning',
        message: expect.stringContaining(fix),
      });
      await nameplate.begin(zone, EXTERNAL);
      const { waiting } = await nameplate.waitsIn(zone, 'CheckDelegation');
      expect(waiting[0]?.for).toContain(fix);
      otherProvider.addZone(zone);
      const asksForProof = async () =>
        (await nameplate.show(zone)).waiting.some((one) => one.for.includes(`Enter _nameplate-challenge.${zone} TXT`));
      await clock.until(asksForProof);
      await nameplate.act(zone, 'cancel');
      expect((await nameplate.ended(zone)).state).toBe('held');
    });
  });
}
