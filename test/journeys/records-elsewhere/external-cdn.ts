import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import { expect, test } from '@jest/globals';
import type { SiteView } from '../../../domain/sites/view.ts';
import type { Nameplate, Shown } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

type Seen = NonNullable<SiteView['records']>[number];

let nameplate: Nameplate;

async function distributions(): Promise<string[]> {
  const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  return (DistributionList?.Items ?? []).map(({ Id = '' }) => Id);
}

async function records(domain: string, purpose: Seen['for']): Promise<Seen[]> {
  const { records = [] } = (await nameplate.show(domain)) as Shown & Pick<SiteView, 'records'>;
  return records.filter((entry) => entry.for === purpose);
}

/** Types records into the provider's form as they are shown. */
async function enter(domain: string, purpose: Seen['for']): Promise<Seen[]> {
  const entries = await records(domain, purpose);
  for (const { name, type, values } of entries) nameplate.aws.otherProvider.enter({ name, type, values });
  return entries;
}

export function externalCdn(boot: SharedBoot): void {
  test('a site behind CloudFront whose records a person enters, from nothing to live and back to nothing', async () => {
    nameplate = boot.nameplate;
    const others = await distributions();
    const { zone, shop } = boot.namesInZone();
    const originName = `origin.${shop}`;
    nameplate.aws.otherProvider.addZone(zone);
    // The zone's own name is served as well: no CNAME can stand there.
    const declared = await nameplate.post(nameplate.document(shop, { aliases: [zone], dns: 'external', edge: 'cdn' }));
    expect(declared.status).toBe(202);

    await nameplate.waitsIn(shop, 'CheckDelegation');
    await enter(shop, 'ownership');
    await nameplate.waitsIn(shop, 'PointOrigin');
    expect(await records(shop, 'traffic')).toEqual([]);
    const origin = await enter(shop, 'origin');
    expect(origin).toMatchObject([{ name: originName, type: 'CNAME', seen: 'missing' }]);
    await nameplate.waitsIn(shop, 'AwaitCertificate');
    const validation = await enter(shop, 'validation');
    expect(new Set(validation.map(({ name }) => name)).size).toBe(validation.length);

    await nameplate.waitsIn(shop, 'PointRecords');
    const traffic = await enter(shop, 'traffic');
    expect(traffic).toMatchObject([
      { name: shop, type: 'CNAME', values: [expect.stringMatching(/\.cloudfront\.net$/)] },
      { name: zone, type: 'ALIAS', note: expect.stringContaining('cannot lead to CloudFront, whose addresses differ') },
    ]);
    const site = await nameplate.ended(shop);
    expect([site.state, site.reason]).toEqual(['live', undefined]);
    for (const name of [shop, zone]) {
      const { status, headers } = await nameplate.viewer.https(name);
      expect([name, status, headers['via']]).toEqual([name, 200, expect.stringContaining('CloudFront')]);
    }

    await nameplate.undo(shop);
    const waiting = await nameplate.waitsIn(shop, 'RemoveRecords');
    for (const { name, type, values } of traffic)
      expect(waiting.waiting[0]?.for).toContain(`${name} ${type} ${values[0]}`);
    // CloudFront still serves those whom resolvers send there.
    expect(waiting.waiting[0]?.for).not.toContain(originName);
    for (const { name, type } of traffic) nameplate.aws.otherProvider.remove(name, type);
    const last = await nameplate.waitsIn(shop, 'RemoveOriginRecord');
    expect(last.waiting[0]?.for).toContain(`${originName} CNAME ${origin[0]?.values[0]}`);
    nameplate.aws.otherProvider.remove(originName, 'CNAME');
    expect((await nameplate.ended(shop)).state).toBe('undone');
    expect(await distributions()).toEqual(others);
  });
}
