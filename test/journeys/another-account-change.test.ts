import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../domain/sites/view.ts';
import { Nameplate, type Shown } from '../support/nameplate.ts';
import { OtherAccount, proofSet } from '../support/other-account.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const BLOG = 'blog.example.test';
const BEFORE: ResourceRecordSet = {
  Name: `${BLOG}.`,
  Type: 'CNAME',
  TTL: 300,
  ResourceRecords: [{ Value: 'Hosted.example.net' }],
};

describe('a change of a site whose zone is in another account', () => {
  let nameplate: Nameplate;
  let theirs: OtherAccount;
  afterEach(() => nameplate.close());

  test('S2: takes a name that needs a proof of its own by the role, drops one, and is undone by it', async () => {
    nameplate = await Nameplate.boot();
    theirs = await OtherAccount.with(nameplate, ZONE);
    const { dns } = theirs;
    await theirs.enter(BEFORE);
    const before = await theirs.records();
    expect((await nameplate.post(nameplate.document(SHOP, { dns, aliases: [WWW] }))).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'FindZone');
    await prove();
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });

    const elsewhere = { dns: { ...dns, externalId: 'another-one' }, aliases: [WWW] };
    const refused = await nameplate.put(SHOP, nameplate.document(SHOP, elsewhere));
    expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ pointer: '#/dns/externalId' }] }]);

    const document = nameplate.document(SHOP, { dns, aliases: [BLOG], adopt: true });
    const { id, checksum, changes } = await nameplate.plan(document);
    expect(changes.filter(({ verb }) => verb === 'conflict')).toEqual([]);
    expect((await nameplate.put(SHOP, { ...document, plan: { id, checksum } })).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'FindZone');
    expect((await proofs()).map(({ name, seen }) => [name, seen])).toEqual([
      [`_nameplate-challenge.${SHOP}`, 'seen'],
      [`_nameplate-challenge.${BLOG}`, 'missing'],
    ]);
    expect(await theirs.records()).toContainEqual(BEFORE);
    await prove();
    const changed = await nameplate.ended(SHOP);
    expect(changed).toMatchObject({ state: 'live', revision: 2 });
    expect(changed).not.toHaveProperty('left');
    for (const name of [SHOP, BLOG]) expect((await nameplate.viewer.https(name)).status).toBe(200);
    expect((await theirs.records()).filter(({ Name }) => Name?.endsWith(`${WWW}.`))).toEqual([]);

    expect((await nameplate.undo(SHOP)).status).toBe(202);
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    // The proofs are the owner's own, who entered them.
    const entered = (await theirs.records()).filter(({ Name }) => !Name?.startsWith('_nameplate-challenge.'));
    expect(entered).toEqual(before);
  });

  async function proofs(): Promise<NonNullable<SiteView['records']>> {
    return ((await nameplate.show(SHOP)) as Shown & Pick<SiteView, 'records'>).records ?? [];
  }

  /** The owner of the zone enters the challenges that are not there yet. */
  async function prove(): Promise<void> {
    const missing = (await proofs()).filter(({ seen }) => seen === 'missing');
    await theirs.enterWhenFree(...missing.map(proofSet));
  }
});
