import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import type { CertificateOrder } from '../../local/certificates/authority.ts';
import { certificateArns } from '../support/certificate-arns.ts';
import { inOrder } from '../support/certificates.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { sharedBoot } from '../support/shared-boot.ts';

const boot = sharedBoot();
const DAY_MS = 86_400_000;

/** Certificate, chain and key as a person stores them. */
async function material({ aws }: Nameplate, names: string[], order: Partial<CertificateOrder> = {}): Promise<string> {
  const now = aws.clock.now().getTime();
  const { cert, key } = inOrder(
    await aws.authority.issue({
      names,
      keyAlgorithm: 'RSA_2048',
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 90 * DAY_MS),
      ...order,
    }),
  );
  return cert + key;
}

/** What a declaration is refused with. */
async function refusal(nameplate: Nameplate, shop: string, more: object): Promise<string | undefined> {
  const { status, body } = await posted(nameplate, shop, more);
  expect(status).toBe(422);
  return body.errors?.find(({ pointer }) => pointer === '#/certificate/imported/secret')?.detail;
}

async function posted(nameplate: Nameplate, shop: string, more: object) {
  const response = await nameplate.post(nameplate.document(shop, more));
  return {
    status: response.status,
    body: (await response.json()) as { errors?: { pointer: string; detail: string }[] },
  };
}

const withoutZones = (lines: string[]): string[] => lines.filter((line) => !line.startsWith('{"zone"'));

const served = async ({ viewer }: Nameplate, name: string): Promise<string> =>
  String((await viewer.https(name)).certificate.validTo);

test('A16, A20, A22: a certificate from a secret is imported, replaced under its ARN when the secret changes, and deleted', async () => {
  const { nameplate } = boot;
  const { ask, aws } = nameplate;
  const { shop, www } = boot.names();
  const first = await material(nameplate, [shop, www]);
  const before = await picture(nameplate);
  const { ARN: secret = '' } = await ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
    Name: `certificates/${shop}`,
    SecretString: first,
  });
  const site = { aliases: [www], certificate: { imported: { secret } } };
  expect(await refusal(nameplate, shop, site)).toMatch(
    /may not read it, or it does not exist: it needs the tag "nameplate:certificate" with/,
  );
  await ask('secretsmanager', 'TagResource', {
    SecretId: secret,
    Tags: [{ Key: 'nameplate:certificate', Value: 'Nameplate' }],
  });
  const put = (SecretString: string) => ask('secretsmanager', 'PutSecretValue', { SecretId: secret, SecretString });
  await put(await material(nameplate, [shop]));
  expect(await refusal(nameplate, shop, site)).toContain(`and not for "${www}"; store one that covers all names`);
  await put(first);

  const { findings, changes } = await nameplate.plan(nameplate.document(shop, site));
  expect(findings.find(({ check }) => check === 'certificateNotRenewed')?.message).toContain('It ends on');
  expect(JSON.stringify(changes)).toContain('ACM never renews it');
  const mark = aws.calls.mark();
  const live = await nameplate.onboard(shop, site);
  expect(live.state).toBe('live');
  expect(nameplate.mutatingCalls(mark).filter((call) => call.startsWith('acm:'))).toEqual(['acm:ImportCertificate']);
  const [arn = ''] = await certificateArns(nameplate);
  const { Certificate } = await ask<{ Certificate: CertificateDetail }>('acm', 'DescribeCertificate', {
    CertificateArn: arn,
  });
  expect(Certificate).toMatchObject({ Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE' });
  expect(JSON.stringify(live)).toContain('imported: ACM never renews it, and it ends on');
  const [one] = [await served(nameplate, www)];

  await put(
    await material(nameplate, [shop, `*.${shop}`, www], {
      notAfter: new Date(aws.clock.now().getTime() + 80 * DAY_MS),
    }),
  );
  await nameplate.change(shop, site);
  expect((await nameplate.ended(shop)).state).toBe('live');
  expect(await certificateArns(nameplate)).toEqual([arn]);
  expect(await served(nameplate, www)).not.toBe(one);

  // ACM takes no other kind of key under one ARN: a second certificate is imported, and the first deleted.
  await put(await material(nameplate, [shop, www], { keyAlgorithm: 'EC_prime256v1' }));
  await nameplate.change(shop, site);
  expect((await nameplate.ended(shop)).state).toBe('live');
  const [other, ...more] = await certificateArns(nameplate);
  expect([other === arn, more]).toEqual([false, []]);

  await nameplate.change(shop, { aliases: [www] });
  expect((await nameplate.ended(shop)).state).toBe('live');
  expect(await certificateArns(nameplate)).toHaveLength(1);
  expect((await certificateArns(nameplate))[0]).not.toBe(other);

  await nameplate.change(shop, site);
  expect((await nameplate.ended(shop)).state).toBe('live');
  await nameplate.undo(shop);
  expect((await nameplate.ended(shop)).state).toBe('undone');
  await aws.clock.advance(30 * 60_000);
  // The zone stays, as the registrar delegates to it.
  expect(withoutZones(await picture(nameplate))).toEqual(withoutZones(before));

  const key = first.split('-----BEGIN PRIVATE KEY-----\n')[1]?.split('\n')[3] ?? '';
  expect(key.length).toBeGreaterThan(40);
  const told = [...(await nameplate.logLines()), JSON.stringify(aws.calls.since(mark)), JSON.stringify(live)].join(
    '\n',
  );
  expect(told).not.toContain(key);
});
