import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../../domain/sites/view.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

type Entered = NonNullable<SiteView['records']>[number];
type ShownEntries = Shown & Pick<SiteView, 'records' | 'recordsToRemove'>;

const EXTERNAL = { dns: 'external' };

export function externalChange(boot: SharedBoot): void {
  describe('a change of a site whose records are kept with another provider', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    let www: string;
    let added: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
      added = `new.${shop}`;
    });

    test('S1: waits for what is to be entered and taken out, each named in its time; so do the ways back', async () => {
      const begun = nameplate.aws.calls.mark();
      nameplate.aws.otherProvider.addZone(zone);
      await nameplate.begin(shop, { ...EXTERNAL, aliases: [www] });
      await nameplate.waitsIn(shop, 'CheckDelegation');
      await enter('ownership');
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      await enter('validation');
      await nameplate.waitsIn(shop, 'PointRecords');
      await enter('traffic');
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });

      await refusesOtherDns();
      await aliasExchanged();
      await changeGivenUp();

      expect((await nameplate.undo(shop)).status).toBe(202);
      await nameplate.waitsIn(shop, 'RemoveRecords');
      expect(await toRemove()).toEqual([shop, added]);
      expect((await show()).records).toBeUndefined();
      for (const name of [shop, added]) nameplate.aws.otherProvider.remove(name, 'CNAME');
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      expect(left(undone)).toEqual([`_nameplate-challenge.${shop}`, shop, www, added].sort());
      const ours = nameplate.aws.calls.since(begun).filter(({ principal }) => !principal.endsWith(':root'));
      // An undo only reads which records of the account's zones lead to what it removes.
      expect(ours.filter(({ service, mutating }) => service === 'route53' && mutating)).toEqual([]);
    });

    /** Another kind of DNS is not for a change: whoever asks for it is told so, and nothing is lost. */
    async function refusesOtherDns(): Promise<void> {
      const before = await show();
      const role = `arn:aws:iam::${nameplate.aws.otherAccount}:role/nameplate-dns`;
      for (const dns of [{}, { dns: 'route53' }, { dns: { role } }]) {
        const document = nameplate.document(shop, { aliases: [added], ...dns });
        const refused = await nameplate.put(shop, document);
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({
          errors: [
            {
              pointer: '#/dns',
              detail: expect.stringMatching(/at another provider\. Leave "dns" as it was, or take the site back/),
            },
          ],
        });
      }
      expect(await show()).toEqual(before);
    }

    /** One alias comes and another goes: the old one is served until nothing leads there, the new one from the beginning. */
    async function aliasExchanged(): Promise<void> {
      const { recordsToRemove } = await nameplate.plan(nameplate.document(shop, { ...EXTERNAL, aliases: [added] }));
      expect(recordsToRemove?.map(({ name, type }) => [name, type])).toEqual([[www, 'CNAME']]);
      await nameplate.change(shop, { ...EXTERNAL, aliases: [added] });
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      expect((await records('validation')).map(({ seen }) => seen)).toEqual(['seen', 'missing']);
      // Entered now, the new one would meet a certificate without its name.
      expect((await records('traffic')).map(({ name }) => name)).toEqual([shop, www]);
      await enter('validation');
      await nameplate.waitsIn(shop, 'PointRecords');
      expect((await records('traffic')).map(({ name, seen }) => [name, seen])).toEqual([
        [shop, 'seen'],
        [added, 'missing'],
      ]);
      expect(await toRemove()).toEqual([]);
      await enter('traffic');
      const waiting = await nameplate.waitsIn(shop, 'RemoveRecords');
      expect(waiting.waiting[0]?.for).toContain(`remove ${www} CNAME dualstack.np-`);
      expect(await toRemove()).toEqual([www]);
      await nameplate.aws.clock.advance(600_000);
      for (const name of [shop, www, added]) {
        const { status, certificate } = await nameplate.viewer.https(name);
        expect([status, certificate.names.includes(name)]).toEqual([200, true]);
      }
      nameplate.aws.otherProvider.remove(www, 'CNAME');
      const changed = await nameplate.ended(shop);
      expect(changed).toMatchObject({ state: 'live', revision: 2, site: { aliases: [added] } });
      expect(left(changed)).toEqual([www]);
      expect(await toRemove()).toEqual([]);
    }

    /** The other alias again, given up halfway: what was entered for it has to go, and the site is what it was. */
    async function changeGivenUp(): Promise<void> {
      const document = nameplate.document(shop, { ...EXTERNAL, aliases: [added, www] });
      expect((await nameplate.put(shop, document)).status).toBe(202);
      await nameplate.waitsIn(shop, 'PointRecords');
      const [, , again] = await records('traffic');
      nameplate.aws.otherProvider.enter({ name: www, type: 'CNAME', values: again?.values ?? [], ttlSeconds: 900 });
      expect((await nameplate.act(shop, 'cancel', '{"then": "undo"}')).status).toBe(202);
      await nameplate.waitsIn(shop, 'RemoveRecords');
      expect(await toRemove()).toEqual([www]);
      nameplate.aws.otherProvider.remove(www, 'CNAME');
      const back = await nameplate.ended(shop);
      expect(back).toMatchObject({ state: 'live', site: { aliases: [added] } });
      expect(left(back)).toEqual([www]);
      const at = (name: string) => Date.parse(back.steps.find((step) => step.name === name)?.endedAt ?? '');
      expect(at('RemoveListeners') - at('AwaitRemoval')).toBeGreaterThanOrEqual(900_000);
    }

    async function show(): Promise<ShownEntries> {
      return (await nameplate.show(shop)) as ShownEntries;
    }

    async function records(purpose: Entered['for']): Promise<Entered[]> {
      return ((await show()).records ?? []).filter((entry) => entry.for === purpose);
    }

    async function toRemove(): Promise<string[]> {
      return ((await show()).recordsToRemove ?? []).map(({ name }) => name);
    }

    /** Types what is shown into the provider's form. */
    async function enter(purpose: Entered['for']): Promise<void> {
      for (const { name, type, values } of await records(purpose))
        nameplate.aws.otherProvider.enter({ name, type, values });
    }

    /** The names that a record is left for, without ACM's own label. */
    function left(site: Shown): string[] {
      return (site.left ?? []).map(({ id }) => id.replace(/^_[0-9a-f]{32}\./, '').replace(/ .*/, '')).sort();
    }
  });
}
