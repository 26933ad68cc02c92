import { afterEach, describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../domain/sites/view.ts';
import { Nameplate, type Shown } from '../support/nameplate.ts';

type Entered = NonNullable<SiteView['records']>[number];
type ShownEntries = Shown & Pick<SiteView, 'records' | 'recordsToRemove'>;

const ZONE = 'example.test';
const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const NEW = 'new.shop.example.test';
const EXTERNAL = { dns: 'external' };

describe('a change of a site whose records are kept with another provider', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('S1: waits for what is to be entered and taken out, each named in its time; so do the ways back', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.otherProvider.addZone(ZONE);
    await nameplate.begin(SHOP, { ...EXTERNAL, aliases: [WWW] });
    await nameplate.waitsIn(SHOP, 'CheckDelegation');
    await enter('ownership');
    await nameplate.waitsIn(SHOP, 'AwaitCertificate');
    await enter('validation');
    await nameplate.waitsIn(SHOP, 'PointRecords');
    await enter('traffic');
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });

    await refusesOtherDns();
    await aliasExchanged();
    await changeGivenUp();

    expect((await nameplate.undo(SHOP)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'RemoveRecords');
    expect(await toRemove()).toEqual([SHOP, NEW]);
    expect((await show()).records).toBeUndefined();
    for (const name of [SHOP, NEW]) nameplate.aws.otherProvider.remove(name, 'CNAME');
    const undone = await nameplate.ended(SHOP);
    expect(undone.state).toBe('undone');
    expect(left(undone)).toEqual([`_nameplate-challenge.${SHOP}`, SHOP, WWW, NEW].sort());
    const ours = nameplate.aws.calls.since(0).filter(({ principal }) => !principal.endsWith(':root'));
    // An undo only reads which records of the account's zones lead to what it removes.
    expect(ours.filter(({ service, mutating }) => service === 'route53' && mutating)).toEqual([]);
  });

  /** Another kind of DNS is not for a change: whoever asks for it is told so, and nothing is lost. */
  async function refusesOtherDns(): Promise<void> {
    const before = await show();
    const role = `arn:aws:iam::${nameplate.aws.otherAccount}:role/nameplate-dns`;
    for (const dns of [{}, { dns: 'route53' }, { dns: { role } }]) {
      const document = nameplate.document(SHOP, { aliases: [NEW], ...dns });
      const refused = await nameplate.put(SHOP, document);
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
    const { recordsToRemove } = await nameplate.plan(nameplate.document(SHOP, { ...EXTERNAL, aliases: [NEW] }));
    expect(recordsToRemove?.map(({ name, type }) => [name, type])).toEqual([[WWW, 'CNAME']]);
    await nameplate.change(SHOP, { ...EXTERNAL, aliases: [NEW] });
    await nameplate.waitsIn(SHOP, 'AwaitCertificate');
    expect((await records('validation')).map(({ seen }) => seen)).toEqual(['seen', 'missing']);
    // Entered now, the new one would meet a certificate without its name.
    expect((await records('traffic')).map(({ name }) => name)).toEqual([SHOP, WWW]);
    await enter('validation');
    await nameplate.waitsIn(SHOP, 'PointRecords');
    expect((await records('traffic')).map(({ name, seen }) => [name, seen])).toEqual([
      [SHOP, 'seen'],
      [NEW, 'missing'],
    ]);
    expect(await toRemove()).toEqual([]);
    await enter('traffic');
    const waiting = await nameplate.waitsIn(SHOP, 'RemoveRecords');
    expect(waiting.waiting[0]?.for).toContain(`remove ${WWW} CNAME dualstack.np-`);
    expect(await toRemove()).toEqual([WWW]);
    await nameplate.aws.clock.advance(600_000);
    for (const name of [SHOP, WWW, NEW]) {
      const { status, certificate } = await nameplate.viewer.https(name);
      expect([status, certificate.names.includes(name)]).toEqual([200, true]);
    }
    nameplate.aws.otherProvider.remove(WWW, 'CNAME');
    const changed = await nameplate.ended(SHOP);
    expect(changed).toMatchObject({ state: 'live', revision: 2, site: { aliases: [NEW] } });
    expect(left(changed)).toEqual([WWW]);
    expect(await toRemove()).toEqual([]);
  }

  /** The other alias again, given up halfway: what was entered for it has to go, and the site is what it was. */
  async function changeGivenUp(): Promise<void> {
    const document = nameplate.document(SHOP, { ...EXTERNAL, aliases: [NEW, WWW] });
    expect((await nameplate.put(SHOP, document)).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'PointRecords');
    const [, , again] = await records('traffic');
    nameplate.aws.otherProvider.enter({ name: WWW, type: 'CNAME', values: again?.values ?? [], ttlSeconds: 900 });
    expect((await nameplate.act(SHOP, 'cancel', '{"then": "undo"}')).status).toBe(202);
    await nameplate.waitsIn(SHOP, 'RemoveRecords');
    expect(await toRemove()).toEqual([WWW]);
    nameplate.aws.otherProvider.remove(WWW, 'CNAME');
    const back = await nameplate.ended(SHOP);
    expect(back).toMatchObject({ state: 'live', site: { aliases: [NEW] } });
    expect(left(back)).toEqual([WWW]);
    const at = (name: string) => Date.parse(back.steps.find((step) => step.name === name)?.endedAt ?? '');
    expect(at('RemoveListeners') - at('AwaitRemoval')).toBeGreaterThanOrEqual(900_000);
  }

  async function show(): Promise<ShownEntries> {
    return (await nameplate.show(SHOP)) as ShownEntries;
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
