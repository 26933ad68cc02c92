import { afterEach, expect, test } from '@jest/globals';
import { selfSigned } from '../local/internet/self-signed.ts';
import { aZone } from '../support/a-zone.ts';
import { anIssuedCertificate } from '../support/issued-certificate.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../support/server-of-theirs.ts';
import { sharedBoot } from '../support/shared-boot.ts';

const boot = sharedBoot();
const servers: TheirServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test('C9: a server behind CloudFront whose certificate is wrong at first is waited for, told with the fix, and goes live once mended', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
  const zoneId = await aZone(nameplate, zone);
  const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
  const address = '198.51.100.46';
  const server = await aServerOfTheirs(nameplate, { address, port: 8443, material: await selfSigned() });
  servers.push(server);
  const before = await picture(nameplate);
  const origin = { server: { address, port: 8443 } };
  const document = { edge: 'cdn', origin, aliases: [www] };
  const plan = await nameplate.plan(nameplate.document(shop, document));
  expect(plan.changes.map(({ resource }) => resource.type)).not.toContain('load balancer');

  await nameplate.begin(shop, document);
  await nameplate.aws.clock.until(async () => (await waitingFor(nameplate, shop)).includes('server-kit'));
  expect(await waitingFor(nameplate, shop)).toMatch(/self-signed|signed by itself/);
  expect((await nameplate.records(zone)).some(({ Name }) => Name === `${shop}.`)).toBe(false);
  server.install(materialOf(nameplate, issued));
  const { state, reason } = await nameplate.ended(shop);
  expect([state, reason]).toEqual(['live', undefined]);
  for (const name of [shop, www]) {
    const { status, body, headers } = await nameplate.viewer.https(name);
    expect([status, body]).toEqual([200, 'Served from elsewhere\n']);
    expect(headers['via']).toContain('CloudFront');
  }

  await nameplate.undo(shop);
  const undone = await nameplate.ended(shop);
  expect([undone.state, undone.left]).toEqual(['undone', undefined]);
  expect(await picture(nameplate)).toEqual(before);
});

function materialOf({ aws }: Nameplate, arn: string): { key: string; cert: string } {
  const found = aws.acm.certificates.find(arn, aws.region);
  if (!found) throw new Error('ACM has no such certificate');
  return { key: found.privateKeyPem, cert: found.certificatePem + found.chainPem };
}

/** All that a site waits for, in one line. */
async function waitingFor(nameplate: Nameplate, domain: string): Promise<string> {
  return (await nameplate.show(domain)).waiting.map((each) => each.for).join();
}
