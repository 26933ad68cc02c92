import { expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import { certificateArns } from '../support/certificate-arns.ts';
import { anIssuedCertificate } from '../support/issued-certificate.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { sharedBoot } from '../support/shared-boot.ts';

const boot = sharedBoot();

test('an existing certificate is offered, served, replaced by one of its own, served again, and never touched', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
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
  expect(await certificateArns(nameplate)).toHaveLength(2);

  await nameplate.change(shop, named);
  expect((await nameplate.ended(shop)).state).toBe('live');
  expect(await served(nameplate, www)).toContain(`*.${shop}`);
  expect(await certificateArns(nameplate)).toEqual([theirs]);

  await nameplate.undo(shop);
  const undone = await nameplate.ended(shop);
  expect([undone.state, undone.left]).toEqual(['undone', undefined]);
  await nameplate.aws.clock.advance(30 * 60_000);
  expect(await picture(nameplate)).toEqual(before);
});

/** The names of the certificate that viewers are served. */
const served = async ({ viewer }: Nameplate, name: string): Promise<string[]> =>
  (await viewer.https(name)).certificate.names;
