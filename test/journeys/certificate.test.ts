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

  test('A7: a validation that times out after 72 hours fails the site with what to do', async () => {
    nameplate = await Nameplate.boot();
    await withoutDelegation(nameplate);
    await nameplate.aws.clock.advance(71 * HOUR);
    expect((await nameplate.show(SHOP)).state).toBe('pending');
    const site = await nameplate.ended(SHOP);
    expect(site.state).toBe('undone');
    expect(site.reason).toMatchObject({
      step: 'AwaitCertificate',
      message: expect.stringMatching(/72 hours|timed out/i),
    });
  });
});

/** Declares the shop and takes its delegation away before ACM can see the validation records. */
async function withoutDelegation(nameplate: Nameplate): Promise<void> {
  await nameplate.begin(SHOP);
  await nameplate.waitsIn(SHOP, 'RequestCertificate');
  nameplate.aws.registrar.undelegate(SHOP);
}

/** How often the step that waits has looked at the certificate. */
const looks = ({ aws }: Nameplate): number =>
  aws.calls
    .since()
    .filter(({ operation, principal }) => operation === 'DescribeCertificate' && principal.includes('AwaitCertificate'))
    .length;
