import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Nameplate, type Shown } from '../support/nameplate.ts';
import { watched } from '../support/watch.ts';

const SHOP = 'shop.example.test';
const WWW = 'www.shop.example.test';
const NEW = 'new.shop.example.test';

// An onboarding, a change that is looked at all along, and both a second time.
jest.setTimeout(180_000);

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
    const { site, failures } = await watched(nameplate, SHOP, { names: [SHOP] });
    expect(failures).toEqual([]);
    expect(site).toMatchObject({ state: 'live', revision: 2, site: { aliases: [] } });
    const standing = (await nameplate.records('example.test')).map(({ Name }) => Name);
    expect(standing.filter((name) => name?.endsWith(`${WWW}.`))).toEqual([]);
    expect(await certificates()).toHaveLength(1);
    expect((await nameplate.viewer.https(SHOP)).certificate.names).toEqual([SHOP]);
    await expect(nameplate.viewer.addresses(WWW)).rejects.toThrow();
    expect((await nameplate.post(nameplate.document(WWW, { edge: 'direct' }))).status).toBe(202);
  });

  /** A shop that is live, in a zone of somebody else, where nothing fails from then on but what is said. */
  async function liveShop(more: object = {}): Promise<Nameplate> {
    nameplate = await Nameplate.boot();
    const { DelegationSet } = await nameplate.ask<{ DelegationSet: { NameServers: string[] } }>(
      'route53',
      'CreateHostedZone',
      { Name: 'example.test', CallerReference: 'theirs' },
    );
    nameplate.aws.registrar.delegate('example.test', DelegationSet.NameServers);
    await nameplate.aws.clock.advance(120_000);
    expect((await nameplate.onboard(SHOP, more)).state).toBe('live');
    return nameplate;
  }

  function ended({ steps }: Shown, name: string): string {
    return steps.find((step) => step.name === name)?.endedAt ?? '';
  }

  async function certificates(): Promise<(string | undefined)[]> {
    const { CertificateSummaryList = [] } = await nameplate.ask<ListCertificatesResponse>('acm', 'ListCertificates');
    return CertificateSummaryList.map(({ CertificateArn }) => CertificateArn);
  }
});
