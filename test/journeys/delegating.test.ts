import type { CreateHostedZoneResponse, ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const ZONE = 'example.test';
const APP = 'app.example.test';
const API = 'api.app.example.test';
const DIRECT = { edge: 'direct' };
const OLD = '203.0.113.200';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

/** What viewers get of a name; empty when there is no answer. */
const answers = async (name: string): Promise<string[]> => nameplate.viewer.addresses(name).catch(() => []);

/** Boots with the zone at another provider, who answers for the name, its mail and a name below. */
async function kept(): Promise<void> {
  nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
  const { otherProvider } = nameplate.aws;
  otherProvider.addZone(ZONE);
  otherProvider.enter({ name: APP, type: 'A', values: [OLD], ttlSeconds: 86_400 });
  otherProvider.enter({ name: APP, type: 'MX', values: [`10 mail.${ZONE}`] });
  otherProvider.enter({ name: API, type: 'A', values: [OLD] });
}

async function zones(): Promise<string[]> {
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  return HostedZones.map(({ Name = '' }) => Name);
}

/** Makes a zone, and waits until it is served. */
async function createZone(Name: string): Promise<string[]> {
  const asked = { Name, CallerReference: Name };
  const { DelegationSet } = await nameplate.ask<CreateHostedZoneResponse>('route53', 'CreateHostedZone', asked);
  await nameplate.aws.clock.advance(60_000);
  return DelegationSet?.NameServers ?? [];
}

describe('C1: the zone above answers for the name today', () => {
  test('another provider: nothing falls silent unasked', async () => {
    await kept();
    const document = nameplate.document(APP, DIRECT);
    const plan = await nameplate.plan(document);
    const found = new Map(plan.findings.map(({ check, message }) => [check, message]));
    expect(found.get('answersCopied')).toContain(`${APP} A ${OLD}; ${APP} MX 10 mail.${ZONE}`);
    expect(found.get('namesFallSilent')).toContain(`${API} A ${OLD}`);

    expect((await nameplate.post(document)).status).toBe(202);
    const refused = await nameplate.ended(APP);
    expect(refused).toMatchObject({ state: 'undone', reason: { step: 'FindZone', error: 'Refused' } });
    expect(refused.nameServers).toBeUndefined();
    expect(await zones()).toEqual([]);

    const { id, checksum } = await nameplate.plan(document);
    expect((await nameplate.post({ ...document, plan: { id, checksum } })).status).toBe(202);
    const { waiting } = await nameplate.waitsIn(APP, 'CheckDelegation');
    expect(waiting[0]?.for).toContain(`copy into the hosted zone what must not fall silent: ${API} A`);
    expect((await nameplate.records(APP)).map(({ Name, Type }) => `${Name} ${Type}`)).toEqual(
      expect.arrayContaining([`${APP}. A`, `${APP}. MX`]),
    );
  });

  test('another provider: the name answers at every moment, before the site, with it and after its undo', async () => {
    await kept();
    nameplate.aws.otherProvider.remove(API, 'A');
    const { otherProvider, clock } = nameplate.aws;
    await nameplate.begin(APP, DIRECT);
    const { nameServers = [] } = await nameplate.waitsIn(APP, 'CheckDelegation');
    otherProvider.remove(APP, 'A');
    otherProvider.enter({ name: APP, type: 'NS', values: nameServers });
    while ((await nameplate.show(APP)).state === 'pending') {
      expect(await answers(APP)).not.toEqual([]);
      await clock.advance(10_000);
    }
    const live = await nameplate.ended(APP);
    expect(live.state).toBe('live');
    expect(live.timeline.map(({ message }) => message).join('\n')).toMatch(
      /as before the delegation until \d{4}-\d\d-\d\d \d\d:\d\d UTC \(TTL 86400 s\)/,
    );
    expect(await answers(APP)).not.toEqual([OLD]);

    await nameplate.undo(APP);
    expect(await nameplate.ended(APP)).toMatchObject({ state: 'undone', left: [{ type: 'hosted zone' }] });
    await clock.advance(60_000);
    expect(await answers(APP)).toEqual([OLD]);
    // The same site again finds its own copies.
    expect(await nameplate.onboard(APP, DIRECT)).toMatchObject({ state: 'live' });
  });

  test('an undo before the delegation leaves nothing of it', async () => {
    nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
    nameplate.aws.otherProvider.addZone(ZONE);
    nameplate.aws.otherProvider.enter({ name: APP, type: 'A', values: [OLD] });
    await nameplate.begin(APP, DIRECT);
    await nameplate.waitsIn(APP, 'CheckDelegation');
    await nameplate.act(APP, 'cancel', '{"then":"undo"}');
    const undone = await nameplate.ended(APP);
    expect(undone.left).toBeUndefined();
    expect(await zones()).toEqual([]);
    expect(await answers(APP)).toEqual([OLD]);
  });

  test('the same account: an empty zone that nobody is sent to is passed over', async () => {
    nameplate = await Nameplate.boot({ delegatesAfterSeconds: undefined });
    nameplate.aws.registrar.delegate(ZONE, await createZone(ZONE));
    await createZone(APP);
    const plan = await nameplate.plan(nameplate.document(APP, DIRECT));
    expect(plan.findings.map(({ check }) => check)).toContain('emptyZonePassedOver');
    const live = await nameplate.onboard(APP, DIRECT);
    expect(live.state).toBe('live');
    expect(await answers(APP)).toHaveLength(1);
  });
});
