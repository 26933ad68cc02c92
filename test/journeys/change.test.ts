import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import { afterEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../support/another-instance.ts';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate, Shown } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { watched } from '../support/watch.ts';

const WWW = 'www.shop.example.test';
const NEW = 'new.shop.example.test';

describe('a change of a site', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('alias added: its certificate is served before its record exists, and no request fails on the way', async () => {
    nameplate = await liveShop({ aliases: [WWW] });
    const [before] = await certificates();
    const served: { names: string[]; known: boolean }[] = [];
    const begun = await nameplate.change(SHOP, { aliases: [WWW, NEW] });
    expect(begun).toMatchObject({ state: 'changing', revision: 2, live: { aliases: [WWW] } });
    const { site, looks, failures } = await watched(nameplate, SHOP, {
      names: [SHOP, WWW],
      look: async () => {
        const { certificate } = await nameplate.viewer.https(SHOP);
        const known = (await nameplate.records('example.test')).some(({ Name }) => Name === `${NEW}.`);
        served.push({ names: certificate.names, known });
      },
    });
    expect(failures).toEqual([]);
    expect(looks).toBeGreaterThan(10);
    expect(site).toMatchObject({ state: 'live', revision: 2 });
    expect(site).not.toHaveProperty('live');
    expect(site).not.toHaveProperty('left');
    const [attached, seen, pointed] = ['AttachCertificate', 'Preflight', 'PointRecords'].map((name) =>
      ended(site, name),
    );
    expect([attached, seen, pointed]).toEqual([attached, seen, pointed].sort());
    expect(served.some(({ names, known }) => !names.includes(NEW) && known)).toBe(false);
    expect((await nameplate.viewer.https(NEW)).status).toBe(200);
    const after = await certificates();
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);

    const mark = nameplate.aws.calls.mark();
    const again = await nameplate.put(SHOP, nameplate.document(SHOP, { aliases: [WWW, NEW] }));
    expect(again.status).toBe(200);
    expect(nameplate.mutatingCalls(mark)).toEqual([]);
  });

  test('alias dropped: its name no longer answers, its certificate is gone, and the others are served all along', async () => {
    nameplate = await liveShop({ aliases: [WWW] });
    await nameplate.change(SHOP, { aliases: [] });
    const dropped: string[] = [];
    const { site, failures } = await watched(nameplate, SHOP, {
      names: [SHOP],
      look: async () => {
        const said = await nameplate.viewer.https(WWW).then(
          ({ status, certificate }) => `${status} ${certificate.names.includes(WWW)}`,
          (error: Error) => error.message,
        );
        const stands = (await nameplate.records('example.test')).some(({ Name }) => Name === `${WWW}.`);
        if (stands) dropped.push(said);
      },
    });
    expect(failures).toEqual([]);
    expect(new Set(dropped)).toEqual(new Set(['200 true']));
    expect(site).toMatchObject({ state: 'live', revision: 2, site: { aliases: [] } });
    const standing = (await nameplate.records('example.test')).map(({ Name }) => Name);
    expect(standing.filter((name) => name?.endsWith(`${WWW}.`))).toEqual([]);
    expect(await certificates()).toHaveLength(1);
    expect((await nameplate.viewer.https(SHOP)).certificate.names).toEqual([SHOP]);
    await expect(nameplate.viewer.addresses(WWW)).rejects.toThrow();
    expect((await nameplate.post(nameplate.document(WWW, { edge: 'direct' }))).status).toBe(202);
  });

  test('another instance: the old one serves until the new one is healthy, and no request fails', async () => {
    nameplate = await liveShop();
    const instanceId = await anotherInstance(nameplate);
    await nameplate.change(SHOP, { origin: { instance: { id: instanceId } } });
    const { site, failures } = await watched(nameplate, SHOP, { names: [SHOP] });
    expect(failures).toEqual([]);
    expect(site).toMatchObject({ state: 'live', revision: 2 });
    nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
    expect((await nameplate.viewer.https(SHOP)).status).toBe(200);
  });

  test('redirect off and on again: https is served all along', async () => {
    nameplate = await liveShop();
    await nameplate.change(SHOP, { http: 'reject' });
    const off = await watched(nameplate, SHOP, { names: [SHOP] });
    expect([off.site.state, off.failures]).toEqual(['live', []]);
    await expect(nameplate.viewer.http(SHOP)).rejects.toThrow('no answer');
    await nameplate.change(SHOP, { http: 'redirect' });
    const on = await watched(nameplate, SHOP, { names: [SHOP] });
    expect([on.site.state, on.failures]).toEqual(['live', []]);
    expect((await nameplate.viewer.http(SHOP)).status).toBe(301);
  });

  test('a change that fails is held while the site goes on serving, and its undo brings back what was live', async () => {
    nameplate = await liveShop({ aliases: [WWW] });
    const before = await picture(nameplate);
    const broken = { id: nameplate.world.instanceId, port: 8080 };
    const document = nameplate.document(SHOP, { aliases: [WWW, NEW], origin: { instance: broken } });
    expect((await nameplate.put(SHOP, document)).status).toBe(202);
    const held = await watched(nameplate, SHOP, { names: [SHOP, WWW] });
    expect(held.failures).toEqual([]);
    expect(held.site).toMatchObject({ state: 'held', reason: { step: 'AwaitLoadBalancer' }, live: { aliases: [WWW] } });
    expect((await nameplate.act(SHOP, 'undo')).status).toBe(202);
    const back = await watched(nameplate, SHOP, { names: [SHOP, WWW] });
    expect(back.failures).toEqual([]);
    expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { aliases: [WWW] } });
    await nameplate.aws.clock.advance(10 * 60_000);
    expect(await picture(nameplate)).toEqual(before);
  });

  function ended({ steps }: Shown, name: string): string {
    return steps.find((step) => step.name === name)?.endedAt ?? '';
  }

  async function certificates(): Promise<(string | undefined)[]> {
    const { CertificateSummaryList = [] } = await nameplate.ask<ListCertificatesResponse>('acm', 'ListCertificates');
    return CertificateSummaryList.map(({ CertificateArn }) => CertificateArn);
  }
});
