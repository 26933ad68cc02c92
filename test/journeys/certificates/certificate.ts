import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { certificateArns } from '../../support/certificate-arns.ts';
import { anIssuedCertificate } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

const HOUR = 3_600_000;

/** Declares the shop and takes its delegation away before ACM can see the validation records. */
async function withoutDelegation(nameplate: Nameplate, domain: string): Promise<void> {
  await nameplate.begin(domain);
  await nameplate.waitsIn(domain, 'RequestCertificate');
  nameplate.aws.registrar.undelegate(domain);
}

/** What another tool does that knows nothing of ACM's record: returns what it has removed. */
async function removeValidation(nameplate: Nameplate, domain: string): Promise<ResourceRecordSet[]> {
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const HostedZoneId = HostedZones.find(({ Name }) => Name === `${domain}.`)?.Id;
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

/** The names of the certificate that viewers are served. */
const served = async ({ viewer }: Nameplate, name: string): Promise<string[]> =>
  (await viewer.https(name)).certificate.names;

export function certificate(boot: SharedBoot): void {
  describe('while the certificate is awaited', () => {
    let nameplate: Nameplate;
    let shop: string;
    /** The certificates of the account when the test begins, and where the call log is then. */
    let others: string[];
    let mark: number;
    beforeEach(async () => {
      nameplate = boot.nameplate;
      shop = boot.names().shop;
      others = await certificateArns(nameplate);
      mark = nameplate.aws.calls.mark();
    });

    /** The ARNs of the site's certificates. Those that others had before are all there. */
    async function certificates(): Promise<string[]> {
      const arns = await certificateArns(nameplate);
      expect(arns).toEqual(expect.arrayContaining(others));
      return arns.filter((arn) => !others.includes(arn));
    }

    /** How often the step that waits has looked at the certificate. */
    const looks = (): number =>
      nameplate.aws.calls
        .since(mark)
        .filter(
          ({ operation, principal }) => operation === 'DescribeCertificate' && principal.includes('AwaitCertificate'),
        ).length;

    test('issued late: nothing is polled in a hurry, and the site goes live hours later', async () => {
      await withoutDelegation(nameplate, shop);
      await nameplate.aws.clock.advance(5 * HOUR);
      expect((await nameplate.show(shop)).waiting.map(({ step }) => step)).toContain('AwaitCertificate');
      nameplate.aws.registrar.delegate(shop, (await nameplate.show(shop)).nameServers ?? []);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect(looks()).toBeLessThan(40);
    });

    test('W9: a lost event is made good by the next look', async () => {
      nameplate.aws.events.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available', times: 2 });
      expect((await nameplate.onboard(shop)).state).toBe('live');
      expect(looks()).toBe(2);
    });

    test('W8: an event that comes twice does no more than one', async () => {
      nameplate.aws.events.faults.add({ kind: 'double', detailType: 'ACM Certificate Available', seconds: 5 });
      const site = await nameplate.onboard(shop);
      expect(site.state).toBe('live');
      expect(site.timeline.filter(({ message }) => /issued/i.test(message))).toHaveLength(1);
    });

    test('A7: a validation that times out after 72 hours is asked for anew, and the site says what for and when', async () => {
      await withoutDelegation(nameplate, shop);
      await nameplate.aws.clock.advance(71 * HOUR);
      const [pending] = (await nameplate.show(shop)).waiting;
      const first = await certificates();
      await nameplate.aws.clock.advance(1.6 * HOUR);
      const site = await nameplate.show(shop);
      expect(site.waiting).toEqual([
        {
          step: 'AwaitCertificate',
          for: expect.stringMatching(/within 72 hours.*resolve from outside.*asked anew at .*for time 2 of 5/),
          since: pending?.since,
          until: new Date(new Date(pending?.until ?? 0).getTime() + HOUR).toISOString(),
        },
      ]);
      expect(await certificates()).toEqual([]);
      nameplate.aws.registrar.delegate(shop, site.nameServers ?? []);
      expect((await nameplate.ended(shop)).state).toBe('live');
      const certificate = await certificates();
      expect(certificate).toHaveLength(1);
      expect(certificate).not.toEqual(first);
    });

    test('C5: a validation record that another tool removes is written again once; then the site says who it may be', async () => {
      await withoutDelegation(nameplate, shop);
      await nameplate.waitsIn(shop, 'AwaitCertificate');
      await nameplate.aws.clock.advance(60_000);
      const [record] = await removeValidation(nameplate, shop);
      await nameplate.aws.clock.advance(HOUR);
      expect(await removeValidation(nameplate, shop)).toEqual([record]);
      await nameplate.aws.clock.advance(2 * HOUR);
      const site = await nameplate.show(shop);
      const waiting = site.waiting.find(({ step }) => step === 'AwaitCertificate')?.for;
      expect(waiting).toMatch(/is missing: another tool .* may manage this zone/);
      expect(waiting).toContain(`Waiting until "${shop}" is delegated`);
      expect(await removeValidation(nameplate, shop)).toEqual([]);
      await nameplate.act(shop, 'cancel');
      await nameplate.ended(shop);
    });

    test('A7: a site may be cancelled while it rests, and resumed with another request', async () => {
      await withoutDelegation(nameplate, shop);
      await nameplate.aws.clock.advance(72.6 * HOUR);
      expect((await nameplate.act(shop, 'cancel')).status).toBe(202);
      expect(await nameplate.ended(shop)).toMatchObject({ state: 'held', waiting: [] });
      nameplate.aws.registrar.delegate(shop, (await nameplate.show(shop)).nameServers ?? []);
      expect((await nameplate.act(shop, 'resume')).status).toBe(202);
      expect((await nameplate.ended(shop)).state).toBe('live');
      expect(await certificates()).toHaveLength(1);
    });
  });

  test('an existing certificate is offered, served, replaced by one of its own, served again, and never touched', async () => {
    const { nameplate } = boot;
    const { zone, shop, www } = boot.namesInZone();
    const others = await certificateArns(nameplate);
    const standing = async () => (await certificateArns(nameplate)).filter((arn) => !others.includes(arn));
    const theirs = await anIssuedCertificate(nameplate, {
      zoneId: await aZone(nameplate, zone),
      names: [zone, `*.${zone}`, `*.${shop}`],
    });
    const before = await picture(nameplate);
    const site = { aliases: [www] };
    const offered = (await nameplate.plan(nameplate.document(shop, site))).findings;
    expect(offered.find(({ check }) => check === 'certificateExists')?.message).toContain(theirs);

    const named = { ...site, certificate: { arn: theirs } };
    const mark = nameplate.aws.calls.mark();
    expect((await nameplate.onboard(shop, named)).state).toBe('live');
    expect(nameplate.mutatingCalls(mark).filter((call) => call.startsWith('acm:'))).toEqual([]);
    expect(await served(nameplate, www)).toContain(`*.${shop}`);

    await nameplate.change(shop, site);
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect(await served(nameplate, www)).toEqual([shop, www]);
    expect(await standing()).toHaveLength(2);

    await nameplate.change(shop, named);
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect(await served(nameplate, www)).toContain(`*.${shop}`);
    expect(await standing()).toEqual([theirs]);

    await nameplate.undo(shop);
    const undone = await nameplate.ended(shop);
    expect([undone.state, undone.left]).toEqual(['undone', undefined]);
    await nameplate.aws.clock.advance(30 * 60_000);
    expect(await picture(nameplate)).toEqual(before);
  });
}
