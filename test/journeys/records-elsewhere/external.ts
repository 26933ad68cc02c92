import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PlanView } from '../../../domain/plans/view.ts';
import type { SiteView } from '../../../domain/sites/view.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

type Seen = NonNullable<SiteView['records']>[number];
type ShownEntries = Shown & { records: Seen[] };

const EXTERNAL = { dns: 'external' };

let nameplate: Nameplate;
let zone: string;
let shop: string;
let www: string;
/** Where the call log is when the test begins. */
let begun: number;

const show = async (domain: string): Promise<ShownEntries> => (await nameplate.show(domain)) as ShownEntries;
const records = async (domain: string, purpose: Seen['for']): Promise<Seen[]> =>
  (await show(domain)).records.filter((entry) => entry.for === purpose);

/** Types a record into the provider's form as it is shown. */
function enter({ name, type, values }: Pick<Seen, 'name' | 'type' | 'values'>, how: object = {}): void {
  nameplate.aws.otherProvider.enter({ name, type, values, ...how });
}

/** Puts the zone at another provider, and declares the site. */
async function declared(domain: string, more: object = {}): Promise<void> {
  nameplate.aws.otherProvider.addZone(zone);
  const response = await nameplate.post(nameplate.document(domain, { ...EXTERNAL, ...more }));
  if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
}

/** Enters what is asked for at each stage until the site is live. */
async function enterAll(domain: string): Promise<Shown> {
  await nameplate.waitsIn(domain, 'CheckDelegation');
  for (const entry of await records(domain, 'ownership')) enter(entry);
  await nameplate.waitsIn(domain, 'AwaitCertificate');
  for (const entry of await records(domain, 'validation')) enter(entry);
  await nameplate.waitsIn(domain, 'PointRecords');
  for (const entry of await records(domain, 'traffic')) enter(entry);
  return nameplate.ended(domain);
}

/** The record goes, and longer passes than what it proved counts. */
async function forgotten({ name, type }: Seen): Promise<void> {
  nameplate.aws.otherProvider.remove(name, type);
  await nameplate.aws.clock.advance(31 * 24 * 3_600_000);
}

/** What the product has changed in Route 53. It reads there which records of the account lead to what it removes. */
const route53Calls = (): string[] =>
  nameplate.aws.calls
    .since(begun)
    .flatMap(({ service, operation, principal, mutating }) =>
      service === 'route53' && mutating && principal.includes(':assumed-role/') ? [operation] : [],
    );

/** The ARNs of all load balancers in the account. */
async function loadBalancers(): Promise<string[]> {
  const { LoadBalancers } = await nameplate.ask<{ LoadBalancers: { LoadBalancerArn: string }[] }>(
    'elasticloadbalancing',
    'DescribeLoadBalancers',
  );
  return LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn);
}

export function external(boot: SharedBoot): void {
  describe('a site whose records are kept with another provider', () => {
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop, www } = boot.namesInZone());
      begun = nameplate.aws.calls.mark();
    });

    test('#14: left with its records kept, it serves on, and the person is told which record to leave and which to remove', async () => {
      await declared(shop);
      expect((await enterAll(shop)).state).toBe('live');
      await nameplate.delete(shop, { keep: ['record'] });
      const gone = await nameplate.ended(shop);
      expect([gone.state, gone.released]).toEqual(['undone', undefined]);
      expect(gone.left).toMatchObject([
        { id: `_nameplate-challenge.${shop} TXT`, why: expect.stringContaining('nothing needs it any more') },
        { id: expect.stringMatching(/ CNAME$/), why: expect.stringContaining('renewed by it: leave it') },
      ]);
      expect((await nameplate.look()).filter(({ tags }) => tags['nameplate:site'] === shop)).toEqual([]);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
      expect(route53Calls()).toEqual([]);
    });

    test('A12: goes from nothing to live as its records appear, one of them wrong at first', async () => {
      await declared(shop, { aliases: [www] });
      const waiting = await nameplate.waitsIn(shop, 'CheckDelegation');
      const [proof, ...others] = await records(shop, 'ownership');
      expect([proof?.name, proof?.type, proof?.seen, others]).toEqual([
        `_nameplate-challenge.${shop}`,
        'TXT',
        'missing',
        [],
      ]);
      expect(waiting.waiting[0]?.for).toContain(`Enter _nameplate-challenge.${shop} TXT nameplate-challenge=`);

      // An hour later, and with the quotes that a form kept as letters.
      await nameplate.aws.clock.advance(3_600_000);
      enter({ ...(proof as Seen), values: [`"${proof?.values[0]}"`] });
      expect(await records(shop, 'ownership')).toMatchObject([
        { seen: 'wrong', hint: expect.stringContaining('quotes') },
      ]);
      expect((await show(shop)).steps.flatMap(({ made }) => made)).toEqual([]);
      enter(proof as Seen);
      await nameplate.waitsIn(shop, 'AwaitCertificate');

      const validation = await records(shop, 'validation');
      expect(validation.map(({ seen, note }) => [seen, note])).toEqual([
        ['missing', expect.stringContaining('leave it for as long as the site lives')],
        ['missing', expect.stringContaining('leave it')],
      ]);
      expect(await records(shop, 'traffic')).toEqual([]);
      for (const entry of validation) enter(entry, { relative: true });
      const [slip] = await records(shop, 'validation');
      expect(slip).toMatchObject({ seen: 'wrong', hint: expect.stringContaining(`appends "${zone}"`) });
      for (const { name } of validation) nameplate.aws.otherProvider.remove(`${name}.${zone}`, 'CNAME');
      for (const entry of validation) enter(entry);

      await nameplate.waitsIn(shop, 'PointRecords');
      const traffic = await records(shop, 'traffic');
      expect(traffic.map(({ name, type, seen }) => [name, type, seen])).toEqual([
        [shop, 'CNAME', 'missing'],
        [www, 'CNAME', 'missing'],
      ]);
      enter(traffic[0] as Seen, { proxied: true });
      expect((await records(shop, 'traffic'))[0]).toMatchObject({
        seen: 'wrong',
        hint: expect.stringContaining('proxies'),
      });
      for (const entry of traffic) enter(entry);
      const live = await nameplate.ended(shop);
      expect(live.reason).toBeUndefined();
      expect(live.state).toBe('live');
      expect((await show(shop)).records.map(({ seen }) => seen)).toEqual(['seen', 'seen', 'seen', 'seen', 'seen']);
      for (const name of [shop, www]) expect((await nameplate.viewer.https(name)).status).toBe(200);
      expect(route53Calls()).toEqual([]);
    });

    test('R4: at the apex asks for an ALIAS, and says what a CNAME there would hide', async () => {
      await declared(zone);
      await nameplate.waitsIn(zone, 'CheckDelegation');
      for (const entry of await records(zone, 'ownership')) enter(entry);
      await nameplate.waitsIn(zone, 'AwaitCertificate');
      for (const entry of await records(zone, 'validation')) enter(entry);
      await nameplate.waitsIn(zone, 'PointRecords');
      const [apex] = await records(zone, 'traffic');
      expect(apex).toMatchObject({ type: 'ALIAS', seen: 'missing', note: expect.stringContaining('ANAME') });
      enter({ ...(apex as Seen), type: 'CNAME' });
      expect(await records(zone, 'traffic')).toMatchObject([{ seen: 'wrong', hint: expect.stringContaining('hides') }]);
      nameplate.aws.otherProvider.remove(zone, 'CNAME');
      enter(apex as Seen);
      expect(await nameplate.ended(zone)).toMatchObject({ state: 'live' });
      expect((await nameplate.viewer.https(zone)).status).toBe(200);
    });

    test('S1: is undone only once nothing leads to it any more, and says what is to be removed', async () => {
      const others = await loadBalancers();
      await declared(shop);
      expect(await enterAll(shop)).toMatchObject({ state: 'live' });
      await nameplate.undo(shop);
      const held = await nameplate.waitsIn(shop, 'RemoveRecords');
      expect(held.waiting[0]?.for).toContain(`remove ${shop} CNAME dualstack.np-`);
      await nameplate.aws.clock.advance(3_600_000);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);

      nameplate.aws.otherProvider.remove(shop, 'CNAME');
      const undone = await nameplate.ended(shop);
      expect(undone.state).toBe('undone');
      const left = undone.left?.map(({ id }) => id);
      expect(left).toEqual([
        `_nameplate-challenge.${shop} TXT`,
        expect.stringMatching(new RegExp(`^_\\w+\\.${shop.replaceAll('.', '\\.')} CNAME$`)),
      ]);
      expect(await loadBalancers()).toEqual(others);
      expect(route53Calls()).toEqual([]);
    });

    test('S2: is not taken by the token of another claimant, however long it stands', async () => {
      await declared(shop);
      await nameplate.waitsIn(shop, 'CheckDelegation');
      const [proof] = await records(shop, 'ownership');
      enter({ ...(proof as Seen), values: [`nameplate-challenge=${'0'.repeat(32)}`] });
      await nameplate.aws.clock.advance(3_600_000);
      const site = await show(shop);
      expect(site.records[0]).toMatchObject({ seen: 'wrong', hint: expect.stringContaining('another claim') });
      expect(site.steps.flatMap(({ made }) => made)).toEqual([]);
      expect(site.waiting).toMatchObject([{ step: 'CheckDelegation' }]);
      await nameplate.act(shop, 'cancel');
      expect((await nameplate.ended(shop)).state).toBe('held');
    });

    test('S3: invariant 19: is frozen when its proof has gone for 30 days, goes on once it is back, and is undone without it', async () => {
      const origin = { instance: { id: await anotherInstance(nameplate) } };
      const direct = { ...EXTERNAL, edge: 'direct', origin };
      await declared(shop, direct);
      await nameplate.waitsIn(shop, 'CheckDelegation');
      const [proof] = (await records(shop, 'ownership')) as [Seen];
      enter(proof);
      await nameplate.waitsIn(shop, 'PointRecords');
      const [address] = (await records(shop, 'traffic')) as [Seen];
      enter(address);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
      await forgotten(proof);

      const mark = nameplate.aws.calls.mark();
      const changed = nameplate.document(shop, { ...direct, aliases: [www] });
      for (const ask of [() => nameplate.put(shop, changed), () => nameplate.act(shop, 'resume')]) {
        expect((await ask()).status).toBe(202);
        const message = expect.stringContaining(`Enter ${proof.name} TXT ${proof.values[0]}. Then resume the site`);
        expect(await nameplate.ended(shop)).toMatchObject({
          state: 'held',
          reason: { step: 'CheckDelegation', error: 'Unproven', message },
        });
      }
      expect(nameplate.mutatingCalls(mark).filter((call) => call.startsWith('ec2:'))).toEqual([]);
      expect((await nameplate.viewer.http(shop)).status).toBe(200);

      enter(proof);
      enter({ ...address, name: www });
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'live', revision: 4, site: { aliases: [www] } });

      await forgotten(proof);
      for (const name of [shop, www]) nameplate.aws.otherProvider.remove(name, 'A');
      expect((await nameplate.undo(shop)).status).toBe(202);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
    });

    test('is planned with what is to be entered, and applied as planned', async () => {
      nameplate.aws.otherProvider.addZone(zone);
      const document = nameplate.document(shop, EXTERNAL);
      const response = await fetch(`${nameplate.aws.apiUrl}/v1/plans`, {
        method: 'POST',
        body: JSON.stringify(document),
      });
      const plan = (await response.json()) as PlanView;
      expect(plan.records).toMatchObject([{ for: 'ownership', seen: 'missing' }]);
      expect(plan.waits.map((wait) => wait.for)).toEqual(['your records', 'certificate', 'load balancer']);
      expect(plan.changes.map(({ resource }) => resource.type)).not.toContain('record');
      const { id, checksum } = plan;
      const answer = await nameplate.post({ ...document, plan: { id, checksum } });
      expect(answer.status).toBe(202);
      expect(await enterAll(shop)).toMatchObject({ state: 'live' });
      expect(route53Calls()).toEqual([]);
    });
  });
}
