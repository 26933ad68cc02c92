import { X509Certificate } from 'node:crypto';
import type { GetCertificateResponse } from '@aws-sdk/client-acm';
import { describe, expect, test } from '@jest/globals';
import { anAcm, START } from './an-acm.ts';

const HOUR_MS = 3_600_000;

describe('validation by DNS', () => {
  test('issues 15 to 60 s after the last CNAME can be seen, and says so once', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ SubjectAlternativeNames: ['www.example.test'] });
    await acm.publish(arn);
    const visibleAt = acm.clock.now().getTime();
    await acm.clock.until(async () => (await acm.describe(arn)).Status === 'ISSUED');

    const drawn = acm.draws.drawn.find(({ what }) => what === 'acm:issue');
    const took = (acm.clock.now().getTime() - visibleAt) / 1000;
    expect(drawn).toMatchObject({ subject: 'shop.example.test' });
    expect(drawn?.seconds).toBeGreaterThanOrEqual(15);
    expect(drawn?.seconds).toBeLessThanOrEqual(60);
    expect(took).toBeGreaterThanOrEqual(drawn?.seconds ?? 0);
    expect(took).toBeLessThan((drawn?.seconds ?? 0) + 2);
    expect(acm.events).toMatchObject([
      {
        source: 'aws.acm',
        detailType: 'ACM Certificate Available',
        region: 'us-east-1',
        resources: [arn],
        detail: {
          Action: 'ISSUANCE',
          CertificateType: 'AMAZON_ISSUED',
          CommonName: 'shop.example.test',
          DomainValidationMethod: 'DNS',
          CertificateCreatedDate: '2026-11-22T12:00:00Z',
          CertificateExpirationDate: '2027-06-07T23:59:59Z',
          DaysToExpiry: 198,
          InUse: false,
          Exported: false,
        },
      },
    ]);
  });

  test('describes and hands out what was issued', async () => {
    const acm = await anAcm();
    const arn = await acm.issued({ SubjectAlternativeNames: ['*.shop.example.test'] });
    const detail = await acm.describe(arn);
    const { Certificate = '', CertificateChain = '' } = await acm.call<GetCertificateResponse>('GetCertificate', {
      CertificateArn: arn,
    });
    const leaf = new X509Certificate(Certificate);

    expect(leaf.checkHost('a.shop.example.test')).toBeDefined();
    expect(CertificateChain.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(detail.Serial?.replaceAll(':', '')).toBe(leaf.serialNumber.toLowerCase());
    expect(detail).toMatchObject({
      Status: 'ISSUED',
      Subject: 'CN=shop.example.test',
      Issuer: 'Local AWS',
      KeyAlgorithm: 'EC_prime256v1',
      KeyUsages: [{ Name: 'DIGITAL_SIGNATURE' }],
      ExtendedKeyUsages: [{ Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' }],
      InUseBy: [],
      RenewalEligibility: 'INELIGIBLE',
      Type: 'AMAZON_ISSUED',
      NotAfter: new Date('2027-06-07T23:59:59Z'),
    });
    expect(acm.certificates.find(arn, 'us-east-1')).toMatchObject({
      status: 'ISSUED',
      domains: ['shop.example.test', '*.shop.example.test'],
      certificatePem: Certificate,
    });
    expect(acm.certificates.find(arn, 'eu-west-1')).toBeUndefined();
  });

  test('the record is the same for a name and its wildcard, in every Region and at every request', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ SubjectAlternativeNames: ['*.shop.example.test'] });
    const elsewhere = await acm.request({}, 'eu-west-1');
    await acm.clock.advance(10_000);
    const [name, wildcard] = (await acm.describe(arn)).DomainValidationOptions ?? [];
    const [other] = (await acm.describe(elsewhere, 'eu-west-1')).DomainValidationOptions ?? [];

    expect(name?.ResourceRecord).toEqual(wildcard?.ResourceRecord);
    expect(name?.ResourceRecord).toEqual(other?.ResourceRecord);
    expect(name?.ResourceRecord?.Name).toMatch(/^_[0-9a-f]{32}\.shop\.example\.test\.$/);
    expect(name?.ResourceRecord?.Value).toMatch(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/);
  });

  test('A11: stays pending as long as one name has no record', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ SubjectAlternativeNames: ['www.example.test'] });
    await acm.publish(arn);
    const [, www] = (await acm.describe(arn)).DomainValidationOptions ?? [];
    acm.dns.delete(www?.ResourceRecord?.Name ?? '', 'CNAME');
    await acm.clock.advance(2 * HOUR_MS);

    const detail = await acm.describe(arn);
    expect(detail.Status).toBe('PENDING_VALIDATION');
    expect(detail.DomainValidationOptions?.map((one) => one.ValidationStatus)).toEqual([
      'SUCCESS',
      'PENDING_VALIDATION',
    ]);
    await expect(acm.call('GetCertificate', { CertificateArn: arn })).rejects.toMatchObject({
      code: 'RequestInProgressException',
    });
  });

  test('A7: times out after 72 hours and never recovers', async () => {
    const acm = await anAcm();
    const arn = await acm.request();
    await acm.clock.advance(72 * HOUR_MS - 1);
    expect((await acm.describe(arn)).Status).toBe('PENDING_VALIDATION');
    await acm.clock.advance(1);
    await acm.publish(arn);
    await acm.clock.advance(HOUR_MS);

    const detail = await acm.describe(arn);
    expect(detail.Status).toBe('VALIDATION_TIMED_OUT');
    expect(detail.DomainValidationOptions?.[0]?.ValidationStatus).toBe('FAILED');
    expect(acm.events).toEqual([]);
    expect(acm.dns.asked).toBeLessThan(1_000);
  });

  test('notices a record that comes after hours within a fiftieth of the wait', async () => {
    const acm = await anAcm();
    const arn = await acm.request();
    await acm.clock.advance(5 * HOUR_MS);
    await acm.publish(arn);
    const visibleAt = acm.clock.now().getTime();
    await acm.clock.until(async () => (await acm.describe(arn)).Status === 'ISSUED');

    expect(acm.clock.now().getTime() - visibleAt).toBeLessThan(5 * HOUR_MS * 0.02 + 61_000);
  });

  test('A23: follows a chain of five CNAMEs and not of six', async () => {
    const acm = await anAcm();
    const chain = async (length: number, DomainName: string) => {
      const arn = await acm.request({ DomainName });
      await acm.clock.advance(10_000);
      const [validation] = (await acm.describe(arn)).DomainValidationOptions ?? [];
      let name = validation?.ResourceRecord?.Name ?? '';
      for (let n = 1; n < length; n++) {
        acm.dns.set(name, 'CNAME', `hop${n}.${DomainName}`);
        name = `hop${n}.${DomainName}`;
      }
      acm.dns.set(name, 'CNAME', validation?.ResourceRecord?.Value);
      await acm.clock.advance(HOUR_MS);
      return (await acm.describe(arn)).Status;
    };

    expect(await chain(5, 'five.example.test')).toBe('ISSUED');
    expect(await chain(6, 'six.example.test')).toBe('PENDING_VALIDATION');
  });

  test('deletes a pending certificate for good', async () => {
    const acm = await anAcm();
    const arn = await acm.request();
    await acm.publish(arn);
    await acm.call('DeleteCertificate', { CertificateArn: arn });
    await acm.clock.advance(HOUR_MS);

    expect(acm.events).toEqual([]);
    await expect(acm.describe(arn)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await expect(acm.call('DeleteCertificate', { CertificateArn: arn })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('the same seed draws the same delays', async () => {
    const drawn = async () => {
      const acm = await anAcm({ seed: 7 });
      await acm.issued();
      return acm.draws.drawn.map(({ what, seconds }) => [what, seconds]);
    };

    expect(await drawn()).toEqual(await drawn());
  });

  test('begins with the day, but never after the clock of clients outside', async () => {
    const behind = new Date(START.getTime() - 30 * 86_400_000);
    const acm = await anAcm({ wallNow: () => behind });
    const arn = await acm.issued();
    const { Certificate = '' } = await acm.call<GetCertificateResponse>('GetCertificate', { CertificateArn: arn });
    expect(new X509Certificate(Certificate).validFromDate).toEqual(behind);
    // ACM tells when it was issued all the same.
    expect((await acm.describe(arn)).NotBefore).toEqual(new Date('2026-11-22T00:00:00Z'));
    const usual = await anAcm({ wallNow: () => START });
    expect((await usual.describe(await usual.issued())).NotBefore).toEqual(new Date('2026-11-22T00:00:00Z'));
  });

  test('issues RSA keys, too', async () => {
    const acm = await anAcm();
    const detail = await acm.describe(await acm.issued({ KeyAlgorithm: 'RSA_2048' }));

    expect(detail).toMatchObject({
      KeyAlgorithm: 'RSA-2048',
      KeyUsages: [{ Name: 'DIGITAL_SIGNATURE' }, { Name: 'KEY_ENCIPHERMENT' }],
    });
  });
});

describe('CAA', () => {
  const caa = (tag: string, value: string, flags = 0) => ({ flags, tag, value });

  test.each([
    ['the name itself allows Amazon', 'shop.example.test', 'shop.example.test', [caa('issue', 'amazon.com')], 'ISSUED'],
    ['a parent allows Amazon', 'shop.example.test', 'example.test', [caa('issue', 'awstrust.com')], 'ISSUED'],
    ['parameters follow', 'shop.example.test', 'example.test', [caa('issue', 'amazonaws.com; a=b')], 'ISSUED'],
    ['it only says whom to write to', 'shop.example.test', 'example.test', [caa('iodef', 'mailto:a@b.test')], 'ISSUED'],
    ['another CA is named', 'shop.example.test', 'example.test', [caa('issue', 'letsencrypt.org')], 'FAILED'],
    ['nobody may', 'shop.example.test', 'example.test', [caa('issue', ';')], 'FAILED'],
    ['an unknown critical tag stands there', 'shop.example.test', 'test', [caa('odd', 'x', 128)], 'FAILED'],
    [
      'A6: issuewild names another CA',
      '*.shop.example.test',
      'example.test',
      [caa('issue', 'amazon.com'), caa('issuewild', 'letsencrypt.org')],
      'FAILED',
    ],
    ['issuewild is for wildcards alone', 'shop.example.test', 'example.test', [caa('issuewild', ';')], 'ISSUED'],
    [
      'issue counts for a wildcard without issuewild',
      '*.shop.example.test',
      'example.test',
      [caa('issue', 'amazontrust.com')],
      'ISSUED',
    ],
  ])('A5: when %s', async (_, DomainName, at, records, status) => {
    const acm = await anAcm();
    acm.dns.set(at, 'CAA', ...records);
    const arn = await acm.request({ DomainName });
    await acm.publish(arn);
    await acm.clock.until(async () => (await acm.describe(arn)).Status !== 'PENDING_VALIDATION');

    const detail = await acm.describe(arn);
    expect(detail.Status).toBe(status);
    expect(detail.FailureReason).toBe(status === 'FAILED' ? 'CAA_ERROR' : undefined);
  });

  test('A5: the nearest records decide, and CAA_ERROR comes after validation', async () => {
    const acm = await anAcm();
    acm.dns.set('example.test', 'CAA', caa('issue', 'letsencrypt.org'));
    acm.dns.set('shop.example.test', 'CAA', caa('issue', 'amazon.com'));
    const arn = await acm.request();
    await acm.publish(arn);
    await acm.clock.advance(1_000);
    expect((await acm.describe(arn)).DomainValidationOptions?.[0]?.ValidationStatus).toBe('SUCCESS');
    acm.dns.delete('shop.example.test', 'CAA');
    await acm.clock.advance(60_000);

    expect(await acm.describe(arn)).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'CAA_ERROR',
      DomainValidationOptions: [{ ValidationStatus: 'SUCCESS' }],
    });
  });

  test('waits while DNS fails, for no answer is no permission', async () => {
    const acm = await anAcm();
    const arn = await acm.request();
    await acm.publish(arn);
    acm.dns.fail('example.test');
    await acm.clock.advance(HOUR_MS);
    expect((await acm.describe(arn)).Status).toBe('PENDING_VALIDATION');
    acm.dns.fail('example.test', false);
    await acm.clock.advance(60_000);
    expect((await acm.describe(arn)).Status).toBe('ISSUED');
  });
});
