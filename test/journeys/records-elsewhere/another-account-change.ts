import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../../domain/sites/view.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import { OtherAccount, proofSet } from '../../support/other-account.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

export function anotherAccountChange(boot: SharedBoot): void {
  describe('a change of a site whose zone is in another account', () => {
    let nameplate: Nameplate;
    let theirs: OtherAccount;
    let zone: string;
    let shop: string;
    let www: string;
    let blog: string;
    /** What stands under that name, written by its owner. */
    let standing: ResourceRecordSet;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
      blog = `blog.${zone}`;
      standing = { Name: `${blog}.`, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'Hosted.example.net' }] };
    });

    test('S2: takes a name that needs a proof of its own by the role, drops one, and is undone by it', async () => {
      theirs = await OtherAccount.with(nameplate, zone, { roleName: `nameplate-dns-${zone}` });
      const { dns } = theirs;
      await theirs.enter(standing);
      const before = await theirs.records();
      expect((await nameplate.post(nameplate.document(shop, { dns, aliases: [www] }))).status).toBe(202);
      await nameplate.waitsIn(shop, 'FindZone');
      await prove();
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });

      const elsewhere = { dns: { ...dns, externalId: 'another-one' }, aliases: [www] };
      const refused = await nameplate.put(shop, nameplate.document(shop, elsewhere));
      expect([refused.status, await refused.json()]).toMatchObject([
        422,
        { errors: [{ pointer: '#/dns/externalId' }] },
      ]);

      const document = nameplate.document(shop, { dns, aliases: [blog], adopt: true });
      const { id, checksum, changes } = await nameplate.plan(document);
      expect(changes.filter(({ verb }) => verb === 'conflict')).toEqual([]);
      expect((await nameplate.put(shop, { ...document, plan: { id, checksum } })).status).toBe(202);
      await nameplate.waitsIn(shop, 'FindZone');
      expect((await proofs()).map(({ name, seen }) => [name, seen])).toEqual([
        [`_nameplate-challenge.${shop}`, 'seen'],
        [`_nameplate-challenge.${blog}`, 'missing'],
      ]);
      expect(await theirs.records()).toContainEqual(standing);
      await prove();
      const changed = await nameplate.ended(shop);
      expect(changed).toMatchObject({ state: 'live', revision: 2 });
      expect(changed).not.toHaveProperty('left');
      for (const name of [shop, blog]) expect((await nameplate.viewer.https(name)).status).toBe(200);
      expect((await theirs.records()).filter(({ Name }) => Name?.endsWith(`${www}.`))).toEqual([]);

      expect((await nameplate.undo(shop)).status).toBe(202);
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      // The proofs are the owner's own, who entered them.
      const entered = (await theirs.records()).filter(({ Name }) => !Name?.startsWith('_nameplate-challenge.'));
      expect(entered).toEqual(before);
    });

    async function proofs(): Promise<NonNullable<SiteView['records']>> {
      return ((await nameplate.show(shop)) as Shown & Pick<SiteView, 'records'>).records ?? [];
    }

    /** The owner of the zone enters the challenges that are not there yet. */
    async function prove(): Promise<void> {
      const missing = (await proofs()).filter(({ seen }) => seen === 'missing');
      await theirs.enterWhenFree(...missing.map(proofSet));
    }
  });
}
