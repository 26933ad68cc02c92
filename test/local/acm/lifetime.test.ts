import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { anAcm } from './an-acm.ts';

const DAY_MS = 86_400_000;
const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef';

type Acm = Awaited<ReturnType<typeof anAcm>>;

/** Moves AWS time to one second after `days` days before the end of the certificate. */
async function daysBeforeExpiry(acm: Acm, arn: string, days: number): Promise<void> {
  const { NotAfter } = await acm.describe(arn);
  await acm.clock.advance((NotAfter?.getTime() ?? 0) - days * DAY_MS + 1_000 - acm.clock.now().getTime());
}

const sent = (acm: Acm, detailType: string) => acm.events.filter((event) => event.detailType === detailType);

describe('a certificate in use', () => {
  test('is known to be, and can not be deleted before ACM notices its release some 10 s later', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    expect(await acm.describe(arn)).toMatchObject({ InUseBy: [LISTENER], RenewalEligibility: 'ELIGIBLE' });
    await expect(acm.call('DeleteCertificate', { CertificateArn: arn })).rejects.toMatchObject({
      code: 'ResourceInUseException',
      message: `Certificate ${arn} in account 123456789012 is in use.`,
    });
    acm.certificates.release(arn, LISTENER);
    await acm.clock.advance(7_000);
    await expect(acm.call('DeleteCertificate', { CertificateArn: arn })).rejects.toMatchObject({
      code: 'ResourceInUseException',
    });
    await acm.clock.advance(5_000);

    await acm.call('DeleteCertificate', { CertificateArn: arn });
    expect(acm.certificates.find(arn, 'us-east-1')).toBeUndefined();
  });

  test('stays in use when its user comes back before ACM noticed', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    acm.certificates.release(arn, LISTENER);
    acm.certificates.use(arn, LISTENER);
    await acm.clock.advance(60_000);

    expect((await acm.describe(arn)).InUseBy).toEqual([LISTENER]);
  });

  test('is renewed 45 days before its end: another serial number under the same ARN', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    const before = await acm.describe(arn);
    await daysBeforeExpiry(acm, arn, 45.01);
    expect((await acm.describe(arn)).RenewalSummary).toBeUndefined();
    await daysBeforeExpiry(acm, arn, 45);
    expect((await acm.describe(arn)).RenewalSummary?.RenewalStatus).toBe('PENDING_AUTO_RENEWAL');
    await acm.clock.advance(2 * 3_600_000);

    const after = await acm.describe(arn);
    expect(after).toMatchObject({ Status: 'ISSUED', RenewalSummary: { RenewalStatus: 'SUCCESS' } });
    expect(after.Serial).not.toBe(before.Serial);
    expect(after.NotAfter).toEqual(new Date('2027-07-31T23:59:59Z'));
    expect(sent(acm, 'ACM Certificate Available').at(-1)?.detail).toMatchObject({ Action: 'RENEWAL', InUse: true });
    expect(sent(acm, 'ACM Certificate Approaching Expiration')).toEqual([]);
  });

  test('A17: lives 198 days, 99 from 15 March 2027 on and 47 from 15 March 2029 on, and is renewed while it does', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    const first = new Map<number, string | undefined>();
    while (acm.clock.now() < new Date('2029-06-01')) {
      const { NotBefore, NotAfter, Status } = await acm.describe(arn);
      expect(Status).toBe('ISSUED');
      const days = Math.round(((NotAfter?.getTime() ?? 0) - (NotBefore?.getTime() ?? 0)) / DAY_MS);
      if (!first.has(days)) first.set(days, NotBefore?.toISOString().slice(0, 10));
      await acm.clock.advance(5 * DAY_MS);
    }
    expect([...first.keys()]).toEqual([198, 99, 47]);
    const [, from99 = '', from47 = ''] = first.values();
    expect([from99 >= '2027-03-15', from47 >= '2029-03-15', from47 < '2029-05-15']).toEqual([true, true, true]);
  });

  test('A18: goes on being served as it was where a test holds up what is renewed, and one that is issued then is served', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    const served = (each = arn) => acm.certificates.find(each, 'us-east-1')?.certificatePem ?? '';
    const former = served();
    acm.rollout.hold();
    await daysBeforeExpiry(acm, arn, 44);
    expect((await acm.describe(arn)).RenewalSummary?.RenewalStatus).toBe('SUCCESS');
    expect(served()).toBe(former);
    expect(served(await acm.issued({ DomainName: 'blog.example.test' }))).not.toBe('');
    acm.rollout.resume();
    expect(new X509Certificate(served()).serialNumber).toBe(
      (await acm.describe(arn)).Serial?.replaceAll(':', '').toUpperCase(),
    );
  });

  test('is renewed again and again', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    await acm.clock.advance(2 * 365 * DAY_MS);

    expect((await acm.describe(arn)).Status).toBe('ISSUED');
    expect(sent(acm, 'ACM Certificate Available').length).toBeGreaterThanOrEqual(4);
    expect(sent(acm, 'ACM Certificate Expired')).toEqual([]);
  });

  test('A15: waits for its CNAME to come back, asks for action at 30, 15, 3 and 1 days, and expires', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    const [validation] = (await acm.describe(arn)).DomainValidationOptions ?? [];
    acm.dns.delete(validation?.ResourceRecord?.Name ?? '', 'CNAME');
    await daysBeforeExpiry(acm, arn, 40);
    expect((await acm.describe(arn)).RenewalSummary).toMatchObject({
      RenewalStatus: 'PENDING_VALIDATION',
      DomainValidationOptions: [{ ValidationStatus: 'PENDING_VALIDATION' }],
    });
    await daysBeforeExpiry(acm, arn, 0);

    expect(sent(acm, 'ACM Certificate Renewal Action Required').map(({ detail }) => detail)).toMatchObject(
      [30, 15, 3, 1].map((DaysToExpiry) => ({ RenewalStatusReason: 'PENDING_DOMAIN_VALIDATION', DaysToExpiry })),
    );
    expect((await acm.describe(arn)).Status).toBe('EXPIRED');
    expect(sent(acm, 'ACM Certificate Expired')).toHaveLength(1);
  });

  test('A15: is renewed soon after its CNAME was put back', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    const [validation] = (await acm.describe(arn)).DomainValidationOptions ?? [];
    const { Name = '', Value } = validation?.ResourceRecord ?? {};
    acm.dns.delete(Name, 'CNAME');
    await daysBeforeExpiry(acm, arn, 20);
    acm.dns.set(Name, 'CNAME', Value);
    await acm.clock.advance(8 * 3_600_000);

    expect((await acm.describe(arn)).RenewalSummary?.RenewalStatus).toBe('SUCCESS');
  });

  test('A15: is not renewed against a CAA record that was added since', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    acm.certificates.use(arn, LISTENER);
    acm.dns.set('example.test', 'CAA', { flags: 0, tag: 'issue', value: 'letsencrypt.org' });
    await daysBeforeExpiry(acm, arn, 29);

    expect((await acm.describe(arn)).RenewalSummary).toMatchObject({ RenewalStatusReason: 'CAA_ERROR' });
    expect(sent(acm, 'ACM Certificate Renewal Action Required').at(0)?.detail).toMatchObject({
      RenewalStatusReason: 'CAA_ERROR',
      DaysToExpiry: 30,
      InUse: true,
    });
  });
});

describe('a certificate that nothing uses', () => {
  test('A16: is not renewed, announces its end daily from 30 days before, and expires', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    await daysBeforeExpiry(acm, arn, 0);

    const approaching = sent(acm, 'ACM Certificate Approaching Expiration').map(({ detail }) => detail);
    expect(approaching).toEqual(
      Array.from({ length: 30 }, (_, n) => ({ DaysToExpiry: 30 - n, CommonName: 'shop.example.test' })),
    );
    expect(await acm.describe(arn)).toMatchObject({ Status: 'EXPIRED', RenewalEligibility: 'INELIGIBLE' });
    expect(sent(acm, 'ACM Certificate Expired')).toMatchObject([
      { resources: [arn], detail: { CertificateExpirationDate: '2027-06-07T23:59:59Z', InUse: false } },
    ]);
  });

  test('is renewed when it comes into use late but in time', async () => {
    const acm = await anAcm();
    const arn = await acm.issued();
    await daysBeforeExpiry(acm, arn, 10);
    acm.certificates.use(arn, LISTENER);
    await acm.clock.advance(8 * 3_600_000);

    expect((await acm.describe(arn)).RenewalSummary?.RenewalStatus).toBe('SUCCESS');
  });
});

test('A17: PutAccountConfiguration moves the first day of expiry events, for standing certificates, too', async () => {
  const acm = await anAcm();
  const arn = await acm.issued();
  expect(await acm.call('GetAccountConfiguration', {})).toEqual({ ExpiryEvents: { DaysBeforeExpiry: 45 } });
  await acm.call('PutAccountConfiguration', { IdempotencyToken: 'a', ExpiryEvents: { DaysBeforeExpiry: 60 } });
  expect(await acm.call('GetAccountConfiguration', {})).toEqual({ ExpiryEvents: { DaysBeforeExpiry: 60 } });
  await daysBeforeExpiry(acm, arn, 58);

  expect(sent(acm, 'ACM Certificate Approaching Expiration').map(({ detail }) => detail)).toMatchObject([
    { DaysToExpiry: 60 },
    { DaysToExpiry: 59 },
    { DaysToExpiry: 58 },
  ]);
});

test('RenewCertificate and UpdateCertificateOptions answer as for a certificate that was not exported', async () => {
  const acm = await anAcm();
  const pending = await acm.request({ DomainName: 'blog.example.test' });
  const arn = await acm.issued();

  await expect(acm.call('RenewCertificate', { CertificateArn: arn })).rejects.toMatchObject({
    code: 'ValidationException',
  });
  const options = { CertificateTransparencyLoggingPreference: 'DISABLED' };
  await acm.call('UpdateCertificateOptions', { CertificateArn: arn, Options: options });
  expect((await acm.describe(arn)).Options).toEqual({ ...options, Export: 'DISABLED' });
  await expect(
    acm.call('UpdateCertificateOptions', { CertificateArn: pending, Options: options }),
  ).rejects.toMatchObject({ code: 'InvalidStateException' });
});
