import type { CreateHostedZoneResponse, ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../../support/another-instance.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const OLD = '203.0.113.200';

let nameplate: Nameplate;
let zone: string;
let app: string;
let api: string;
/** A site without a load balancer on an instance of its own: the world's may have an address already. */
let direct: object;
/** The hosted zones of the account when the test begins. */
let others: string[];

/** What viewers get of a name; empty when there is no answer. */
const answers = async (name: string): Promise<string[]> => nameplate.viewer.addresses(name).catch(() => []);

/** Puts the zone at another provider, who answers for the name, its mail and a name below. */
function kept(): void {
  const { otherProvider } = nameplate.aws;
  otherProvider.addZone(zone);
  otherProvider.enter({ name: app, type: 'A', values: [OLD], ttlSeconds: 86_400 });
  otherProvider.enter({ name: app, type: 'MX', values: [`10 mail.${zone}`] });
  otherProvider.enter({ name: api, type: 'A', values: [OLD] });
}

/** The hosted zones that the account has beside those from before the test, which are all there. */
async function zones(): Promise<string[]> {
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const names = HostedZones.map(({ Name = '' }) => Name);
  expect(names).toEqual(expect.arrayContaining(others));
  return names.filter((name) => !others.includes(name));
}

/** Makes a zone, and waits until it is served. */
async function createZone(Name: string): Promise<string[]> {
  const asked = { Name, CallerReference: Name };
  const { DelegationSet } = await nameplate.ask<CreateHostedZoneResponse>('route53', 'CreateHostedZone', asked);
  await nameplate.aws.clock.advance(60_000);
  return DelegationSet?.NameServers ?? [];
}

export function delegating(boot: SharedBoot): void {
  describe('C1: the zone above answers for the name today', () => {
    beforeEach(async () => {
      nameplate = boot.nameplate;
      ({ zone, shop: app } = boot.namesInZone());
      api = `api.${app}`;
      direct = { edge: 'direct', origin: { instance: { id: await anotherInstance(nameplate) } } };
      others = [];
      others = await zones();
    });

    test('another provider: nothing falls silent unasked', async () => {
      kept();
      const document = nameplate.document(app, direct);
      const plan = await nameplate.plan(document);
      const found = new Map(plan.findings.map(({ check, message }) => [check, message]));
      expect(found.get('answersCopied')).toContain(`${app} A ${OLD}; ${app} MX 10 mail.${zone}`);
      expect(found.get('namesFallSilent')).toContain(`${api} A ${OLD}`);

      expect((await nameplate.post(document)).status).toBe(202);
      const refused = await nameplate.ended(app);
      expect(refused).toMatchObject({ state: 'undone', reason: { step: 'FindZone', error: 'Refused' } });
      expect(refused.nameServers).toBeUndefined();
      expect(await zones()).toEqual([]);

      const { id, checksum } = await nameplate.plan(document);
      expect((await nameplate.post({ ...document, plan: { id, checksum } })).status).toBe(202);
      const { waiting } = await nameplate.waitsIn(app, 'CheckDelegation');
      expect(waiting[0]?.for).toContain(`copy into the hosted zone what must not fall silent: ${api} A`);
      expect((await nameplate.records(app)).map(({ Name, Type }) => `${Name} ${Type}`)).toEqual(
        expect.arrayContaining([`${app}. A`, `${app}. MX`]),
      );
      await nameplate.act(app, 'cancel');
      expect((await nameplate.ended(app)).state).toBe('held');
    });

    test('another provider: the name answers at every moment, before the site, with it and after its undo', async () => {
      kept();
      nameplate.aws.otherProvider.remove(api, 'A');
      const { otherProvider, clock } = nameplate.aws;
      await nameplate.begin(app, direct);
      const { nameServers = [] } = await nameplate.waitsIn(app, 'CheckDelegation');
      otherProvider.remove(app, 'A');
      otherProvider.enter({ name: app, type: 'NS', values: nameServers });
      while ((await nameplate.show(app)).state === 'pending') {
        expect(await answers(app)).not.toEqual([]);
        await clock.advance(10_000);
      }
      const live = await nameplate.ended(app);
      expect(live.state).toBe('live');
      expect(live.timeline.map(({ message }) => message).join('\n')).toMatch(
        /as before the delegation until \d{4}-\d\d-\d\d \d\d:\d\d UTC \(TTL 86400 s\)/,
      );
      expect(await answers(app)).not.toEqual([OLD]);

      await nameplate.undo(app);
      expect(await nameplate.ended(app)).toMatchObject({ state: 'undone', left: [{ type: 'hosted zone' }] });
      await clock.advance(60_000);
      expect(await answers(app)).toEqual([OLD]);
      // The same site again finds its own copies.
      expect(await nameplate.onboard(app, direct)).toMatchObject({ state: 'live' });
    });

    test('an undo before the delegation leaves nothing of it', async () => {
      nameplate.aws.otherProvider.addZone(zone);
      nameplate.aws.otherProvider.enter({ name: app, type: 'A', values: [OLD] });
      await nameplate.begin(app, direct);
      await nameplate.waitsIn(app, 'CheckDelegation');
      await nameplate.act(app, 'cancel', '{"then":"undo"}');
      const undone = await nameplate.ended(app);
      expect(undone.left).toBeUndefined();
      expect(await zones()).toEqual([]);
      expect(await answers(app)).toEqual([OLD]);
    });

    test('the same account: an empty zone that nobody is sent to is passed over', async () => {
      nameplate.aws.registrar.delegate(zone, await createZone(zone));
      await createZone(app);
      const plan = await nameplate.plan(nameplate.document(app, direct));
      expect(plan.findings.map(({ check }) => check)).toContain('emptyZonePassedOver');
      const live = await nameplate.onboard(app, direct);
      expect(live.state).toBe('live');
      expect(await answers(app)).toHaveLength(1);
    });
  });
}
