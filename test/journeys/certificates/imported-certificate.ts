import { randomUUID } from 'node:crypto';
import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { CreateSecretResponse } from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import type { CertificateOrder } from '../../../local/certificates/authority.ts';
import { aZone } from '../../support/a-zone.ts';
import { certificateArns } from '../../support/certificate-arns.ts';
import { inOrder } from '../../support/certificates.ts';
import { anIssuedCertificate } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

const DAY_MS = 86_400_000;

/** Certificate, chain and key as a person stores them. */
async function material({ aws }: Nameplate, names: string[], order: Partial<CertificateOrder> = {}): Promise<string> {
  const now = aws.clock.now().getTime();
  const { cert, key } = inOrder(
    await aws.authority.issue({
      names,
      keyAlgorithm: 'RSA_2048',
      // Viewers judge by the wall clock, which the clock of AWS may be months ahead of.
      notBefore: new Date(Math.min(now, Date.now()) - DAY_MS),
      notAfter: new Date(now + 90 * DAY_MS),
      ...order,
    }),
  );
  return cert + key;
}

/** The certificates that the account has beside those from before the test, which are all there. */
async function besides(others: string[], nameplate: Nameplate): Promise<string[]> {
  const arns = await certificateArns(nameplate);
  expect(arns).toEqual(expect.arrayContaining(others));
  return arns.filter((arn) => !others.includes(arn)).sort();
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

export function importedCertificate(boot: SharedBoot): void {
  test('A16, A20, A22: a certificate from a secret is imported, replaced under its ARN when the secret changes, and deleted', async () => {
    const { nameplate } = boot;
    const { ask, aws } = nameplate;
    const { shop, www } = boot.names();
    const others = await certificateArns(nameplate);
    const standing = () => besides(others, nameplate);
    const first = await material(nameplate, [shop, www]);
    const before = await picture(nameplate);
    const { ARN: secret = '' } = await ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
      Name: `certificates/${shop}`,
      ClientRequestToken: randomUUID(),
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
    const put = (SecretString: string) =>
      ask('secretsmanager', 'PutSecretValue', { SecretId: secret, ClientRequestToken: randomUUID(), SecretString });
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
    const [arn = ''] = await standing();
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
    expect(await standing()).toEqual([arn]);
    expect(await served(nameplate, www)).not.toBe(one);

    // ACM takes no other kind of key under one ARN: a second certificate is imported, and the first deleted.
    await put(await material(nameplate, [shop, www], { keyAlgorithm: 'EC_prime256v1' }));
    await nameplate.change(shop, site);
    expect((await nameplate.ended(shop)).state).toBe('live');
    const [other, ...more] = await standing();
    expect([other === arn, more]).toEqual([false, []]);

    await nameplate.change(shop, { aliases: [www] });
    expect((await nameplate.ended(shop)).state).toBe('live');
    expect(await standing()).toHaveLength(1);
    expect((await standing())[0]).not.toBe(other);

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

  test('A21, A22: behind CloudFront viewers see one from a secret, one that exists, one of the site and the first again, without a failed request', async () => {
    const { nameplate } = boot;
    const { ask, aws } = nameplate;
    const { zone, shop, www } = boot.namesInZone();
    const names = [shop, www];
    const ending = (days: number) => ({ notAfter: new Date(aws.clock.now().getTime() + days * DAY_MS) });
    const theirs = await anIssuedCertificate(nameplate, {
      zoneId: await aZone(nameplate, zone),
      names: [shop, `*.${shop}`],
    });
    const { ARN: secret = '' } = await ask<CreateSecretResponse>('secretsmanager', 'CreateSecret', {
      Name: `certificates/${shop}`,
      ClientRequestToken: randomUUID(),
      SecretString: await material(nameplate, [...names, `origin.${shop}`]),
      Tags: [{ Key: 'nameplate:certificate', Value: 'Nameplate' }],
    });
    const put = (SecretString: string) =>
      ask('secretsmanager', 'PutSecretValue', { SecretId: secret, ClientRequestToken: randomUUID(), SecretString });
    const others = await certificateArns(nameplate);
    const before = await picture(nameplate);
    const site = { aliases: [www], edge: 'cdn' };
    const imported = { ...site, certificate: { imported: { secret } } };
    const offered = (await nameplate.plan(nameplate.document(shop, site))).findings;
    expect(offered.find(({ check }) => check === 'certificateExists')?.message).toContain(theirs);

    // It covers the name of the origin as well, and the stack is in CloudFront's region: one import serves both.
    const mark = aws.calls.mark();
    const live = await nameplate.onboard(shop, imported);
    expect(live).toMatchObject({ state: 'live', site: { cdn: { originCertificate: 'same' } } });
    expect(nameplate.mutatingCalls(mark).filter((call) => call.startsWith('acm:'))).toEqual(['acm:ImportCertificate']);

    const change = async (to: object): Promise<string[]> => {
      await nameplate.change(shop, to);
      const { site: changed, failures } = await watched(nameplate, shop, { names });
      expect([changed.reason, changed.state, failures]).toEqual([undefined, 'live', []]);
      return besides(others, nameplate);
    };
    const first = await served(nameplate, www);
    // Its successor does not cover that name: the load balancer gets one of its own.
    await put(await material(nameplate, names, ending(80)));
    const two = await change(imported);
    expect([two.length, (await served(nameplate, www)) === first]).toEqual([2, false]);
    const second = await served(nameplate, www);
    await put(await material(nameplate, names, ending(70)));
    expect(await change(imported)).toEqual(two);
    expect(await served(nameplate, www)).not.toBe(second);

    expect(await change({ ...site, certificate: { arn: theirs } })).toEqual([]);
    expect((await nameplate.viewer.https(www)).certificate.names).toContain(`*.${shop}`);
    expect(await change(site)).toHaveLength(2);
    expect((await nameplate.viewer.https(www)).certificate.names.sort()).toEqual([...names].sort());
    expect(await change(imported)).toHaveLength(2);
    await nameplate.undo(shop);
    expect((await nameplate.ended(shop)).state).toBe('undone');
    await aws.clock.advance(30 * 60_000);
    expect(await picture(nameplate)).toEqual(before);
  });
}
