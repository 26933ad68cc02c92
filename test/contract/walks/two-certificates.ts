import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import { beforeAll, expect, test } from '@jest/globals';
import type { Nameplate } from '../../support/nameplate.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { aCdn } from '../../support/site.ts';
import { Walk } from '../walk.ts';

const domain = 'shop.two.test';
let nameplate: Nameplate;

export function twoCertificates(boot: Booted): void {
  beforeAll(() => {
    nameplate = boot.nameplate;
  });

  const certificatesIn = async (region: string): Promise<(string | undefined)[]> => {
    const listed = await nameplate.ask<ListCertificatesResponse>('acm', 'ListCertificates', {}, region);
    return (listed.CertificateSummaryList ?? []).map(({ Status }) => Status);
  };
  const cnames = async (): Promise<(string | undefined)[]> =>
    (await nameplate.records(domain)).filter(({ Type }) => Type === 'CNAME').map(({ Name }) => Name);

  test('A22, A13, A14: two certificates of two regions share the records that each step writes at the same moment', async () => {
    const { aws } = nameplate;
    const walk = await Walk.begin(nameplate, { domain, edge: 'cdn', cdn: aCdn(domain) });
    await walk.step('FindZone');
    for (const step of ['RequestCertificate', 'RequestViewerCertificate']) await walk.step(step);
    await walk.sideBySide('WriteValidationRecords', 'WriteViewerValidationRecords');
    expect(await cnames()).toHaveLength(2);

    await aws.clock.until(async () => {
      const all = [...(await certificatesIn(nameplate.aws.region)), ...(await certificatesIn('us-east-1'))];
      return all.length === 2 && all.every((status) => status === 'ISSUED');
    });
    await aws.clock.advance(1_000);
    const told = aws.events.log.published.filter(
      ({ bus, event }) =>
        bus.includes(`:${nameplate.aws.region}:`) && event['detail-type'] === 'ACM Certificate Available',
    );
    expect(told.map(({ event }) => event.region).sort()).toEqual([nameplate.aws.region, 'us-east-1']);

    await walk.turn('backward');
    await walk.step('RemoveCertificates');
    // The other certificate is validated and renewed by one of them still: a site that keeps it would lose it.
    expect([await certificatesIn(nameplate.aws.region), await certificatesIn('us-east-1')]).toEqual([[], ['ISSUED']]);
    await walk.step('RemoveViewerCertificates');
    await walk.step('RemoveValidationRecords');
    expect([await certificatesIn(nameplate.aws.region), await certificatesIn('us-east-1'), await cnames()]).toEqual([
      [],
      [],
      [],
    ]);
  });
}
