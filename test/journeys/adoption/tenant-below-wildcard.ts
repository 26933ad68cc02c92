import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../../domain/sites/view.ts';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { giveInstance } from '../../support/tenant-tags.ts';

type Entry = NonNullable<SiteView['records']>[number];

const theirs = (Name: string, Type: string, Value: string) => ({
  Name,
  Type,
  TTL: 300,
  ResourceRecords: [{ Value }],
});

export function tenantBelowWildcard(boot: SharedBoot): void {
  describe('a tenant below a wildcard', () => {
    let nameplate: Nameplate;
    let zone: string;
    let zoneId: string;
    let shop: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
    });

    test("R31: a tenant gets a name below a foreign wildcard by what its proof's hint says, and an undo gives the records back", async () => {
      zoneId = await aZone(nameplate, zone);
      const id = await anotherInstance(nameplate);
      await giveInstance(nameplate, 'acme', id);
      await create(theirs(`*.${zone}`, 'A', '203.0.113.200'));
      const document = { edge: 'direct', tenant: 'acme', origin: { instance: { id } } };
      await nameplate.begin(shop, document);
      await nameplate.waitsIn(shop, 'CheckDelegation');
      const proof = await proofAsked();
      expect(proof).toMatchObject({
        seen: 'missing',
        hint: expect.stringContaining('then declare it with "adopt": true'),
      });

      await nameplate.act(shop, 'cancel');
      expect((await nameplate.ended(shop)).state).toBe('held');
      await nameplate.begin(shop, { ...document, adopt: true });
      await nameplate.waitsIn(shop, 'CheckDelegation');
      const again = await proofAsked();
      expect(again?.values).toEqual(proof?.values);
      const own = theirs(shop, 'A', '203.0.113.200');
      await create(own);
      await create(theirs(again?.name ?? '', 'TXT', `"${again?.values[0]}"`));
      const live = await nameplate.ended(shop);
      expect([live.state, live.reason]).toEqual(['live', undefined]);

      await nameplate.undo(shop);
      expect((await nameplate.ended(shop)).state).toBe('undone');
      const records = (await nameplate.records(zone)).filter(({ Name }) => Name === `${shop}.`);
      expect(records).toMatchObject([{ ...own, Name: `${shop}.` }]);
    });

    /** The record that proves the name, as the site shows it. */
    async function proofAsked(): Promise<Entry | undefined> {
      return ((await nameplate.show(shop)) as Shown & { records: Entry[] }).records[0];
    }

    async function create(ResourceRecordSet: object): Promise<void> {
      const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet }] };
      await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch });
      await nameplate.aws.clock.advance(60_000);
    }
  });
}
