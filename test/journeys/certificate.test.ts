import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Nameplate } from '../support/nameplate.ts';

const HOUR = 3_600_000;
const SHOP = 'shop.example.test';

describe('while the certificate is awaited', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  test('issued late: nothing is polled in a hurry, and the site goes live hours later', async () => {
    nameplate = await Nameplate.boot();
    await withoutDelegation(nameplate);
    await nameplate.aws.clock.advance(5 * HOUR);
    expect((await nameplate.show(SHOP)).waiting.map(({ step }) => step)).toContain('AwaitCertificate');
    nameplate.aws.registrar.delegate(SHOP, (await nameplate.show(SHOP)).nameServers ?? []);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    expect(looks(nameplate)).toBeLessThan(40);
  });

  test('W9: a lost event is made good by the next look', async () => {
    nameplate = await Nameplate.boot();
    nameplate.aws.events.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available', times: 2 });
    expect((await nameplate.onboard(SHOP)).state).toBe('live');
    expect(looks(nameplate)).toBe(2);
  });

  test('W8: an event that comes twice does no more than one', async () => {
    nameplate = await Nameplate.boot({ doubledShare: 0 });
    nameplate.aws.events.faults.add({ kind: 'double', detailType: 'ACM Certificate Available', seconds: 5 });
    const site = await nameplate.onboard(SHOP);
    expect(site.state).toBe('live');
    expect(site.timeline.filter(({ message }) => /issued/i.test(message))).toHaveLength(1);
  });

  test('A7: a validation that times out after 72 hours is asked for anew, and the site says what for and when', async () => {
    nameplate = await Nameplate.boot();
    await withoutDelegation(nameplate);
    await nameplate.aws.clock.advance(71 * HOUR);
    const [pending] = (await nameplate.show(SHOP)).waiting;
    const first = await certificates(nameplate);
    await nameplate.aws.clock.advance(1.6 * HOUR);
    const site = await nameplate.show(SHOP);
    expect(site.waiting).toEqual([
      {
        step: 'AwaitCertificate',
        for: expect.stringMatching(/within 72 hours.*resolve from outside.*asked anew at .*for time 2 of 5/),
        since: pending?.since,
        until: new Date(new Date(pending?.until ?? 0).getTime() + HOUR).toISOString(),
      },
    ]);
    expect(await certificates(nameplate)).toEqual([]);
    nameplate.aws.registrar.delegate(SHOP, site.nameServers ?? []);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    const certificate = await certificates(nameplate);
    expect(certificate).toHaveLength(1);
    expect(certificate).not.toEqual(first);
  });

  test('C5: a validation record that another tool removes is written again once; then the site says who it may be', async () => {
    nameplate = await Nameplate.boot();
    await withoutDelegation(nameplate);
    await nameplate.waitsIn(SHOP, 'AwaitCertificate');
    await nameplate.aws.clock.advance(60_000);
    const [record] = await removeValidation(nameplate);
    await nameplate.aws.clock.advance(HOUR);
    expect(await removeValidation(nameplate)).toEqual([record]);
    await nameplate.aws.clock.advance(2 * HOUR);
    const site = await nameplate.show(SHOP);
    const waiting = site.waiting.find(({ step }) => step === 'AwaitCertificate')?.for;
    expect(waiting).toMatch(/is missing: another tool .* may manage this zone/);
    expect(waiting).toMatch(/Waiting until "shop.example.test" is delegated/);
    expect(await removeValidation(nameplate)).toEqual([]);
  });

  test('A7: a site may be cancelled while it rests, and resumed with another request', async () => {
    nameplate = await Nameplate.boot();
    await withoutDelegation(nameplate);
    await nameplate.aws.clock.advance(72.6 * HOUR);
    expect((await nameplate.act(SHOP, 'cancel')).status).toBe(202);
    expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'held', waiting: [] });
    nameplate.aws.registrar.delegate(SHOP, (await nameplate.show(SHOP)).nameServers ?? []);
    expect((await nameplate.act(SHOP, 'resume')).status).toBe(202);
    expect((await nameplate.ended(SHOP)).state).toBe('live');
    expect(await certificates(nameplate)).toHaveLength(1);
  });
});

/** Declares the shop and takes its delegation away before ACM can see the validation records. */
async function withoutDelegation(nameplate: Nameplate): Promise<void> {
  await nameplate.begin(SHOP);
  await nameplate.waitsIn(SHOP, 'RequestCertificate');
  nameplate.aws.registrar.undelegate(SHOP);
}

/** What another tool does that knows nothing of ACM's record: returns what it has removed. */
async function removeValidation(nameplate: Nameplate): Promise<ResourceRecordSet[]> {
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const HostedZoneId = HostedZones.find(({ Name }) => Name === `${SHOP}.`)?.Id;
  const { ResourceRecordSets = [] } = await nameplate.ask<ListResourceRecordSetsResponse>(
    'route53',
    'ListResourceRecordSets',
    { HostedZoneId },
  );
  const removed = ResourceRecordSets.filter(({ Type, Name = '' }) => Type === 'CNAME' && Name.startsWith('_'));
  const Changes = removed.map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet }));
  if (Changes.length > 0)
    await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
  return removed;
}

/** How often the step that waits has looked at the certificate. */
const looks = ({ aws }: Nameplate): number =>
  aws.calls
    .since()
    .filter(({ operation, principal }) => operation === 'DescribeCertificate' && principal.includes('AwaitCertificate'))
    .length;

/** The ARNs of all certificates in the account, whatever became of them. */
async function certificates(nameplate: Nameplate): Promise<(string | undefined)[]> {
  const { CertificateSummaryList = [] } = await nameplate.ask<ListCertificatesResponse>('acm', 'ListCertificates');
  return CertificateSummaryList.map(({ CertificateArn }) => CertificateArn);
}
