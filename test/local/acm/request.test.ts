import { describe, expect, test } from '@jest/globals';
import { anAcm } from './an-acm.ts';

describe('RequestCertificate', () => {
  test('A1: shows the validation records late and name by name', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ SubjectAlternativeNames: ['www.example.test', 'blog.example.test'] });
    const shown: number[] = [];
    await acm.clock.advance(2_000);
    expect((await acm.describe(arn)).DomainValidationOptions).toBeUndefined();
    await acm.clock.until(async () => {
      const options = (await acm.describe(arn)).DomainValidationOptions ?? [];
      shown.push(options.filter((option) => option.ResourceRecord).length);
      return shown.at(-1) === 3;
    });

    expect(new Set(shown)).toEqual(new Set([0, 1, 2, 3]));
    expect(acm.clock.now().getTime()).toBeLessThanOrEqual(Date.parse('2026-11-22T12:00:08Z'));
  });

  test('A2: Describe does not know the certificate in the first moments', async () => {
    const acm = await anAcm();
    const arn = await acm.request();

    await expect(acm.describe(arn)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `Could not find certificate ${arn} in account 123456789012.`,
    });
    await acm.clock.advance(2_000);
    expect((await acm.describe(arn)).Status).toBe('PENDING_VALIDATION');
  });

  test('A3: an idempotency token counts for one hour', async () => {
    const acm = await anAcm();
    const first = await acm.request({ IdempotencyToken: 'once' });
    expect(await acm.request({ IdempotencyToken: 'once' })).toBe(first);
    await acm.clock.advance(3_600_000);
    expect(await acm.request({ IdempotencyToken: 'once' })).not.toBe(first);
    expect(await acm.request()).not.toBe(await acm.request());
  });

  test('A9: more than ten names are refused as a reached quota', async () => {
    const acm = await anAcm();
    const SubjectAlternativeNames = Array.from({ length: 10 }, (_, n) => `w${n}.example.test`);

    await expect(acm.request({ SubjectAlternativeNames })).rejects.toMatchObject({
      code: 'LimitExceededException',
      message: 'Certificate has too many domains.',
    });
    await acm.request({ SubjectAlternativeNames: SubjectAlternativeNames.slice(1) });
  });

  test('names are kept in lower case and each once, the domain name first', async () => {
    const acm = await anAcm();
    const arn = await acm.request({
      DomainName: 'Shop.Example.test',
      SubjectAlternativeNames: ['www.example.test', 'shop.example.test', 'WWW.example.test'],
    });
    await acm.clock.advance(2_000);

    expect((await acm.describe(arn)).SubjectAlternativeNames).toEqual(['shop.example.test', 'www.example.test']);
  });

  test.each([
    ['a U-label', 'bücher.example.test', 'ValidationException', /at 'domainName' failed to satisfy constraint/],
    ['a wildcard inside', 'a.*.example.test', 'ValidationException', /regular expression pattern/],
    ['a wildcard that is part of a label', 'a*.example.test', 'ValidationException', /regular expression pattern/],
    ['a single label', 'localhost', 'ValidationException', /regular expression pattern/],
    ['a label of 64 octets', `${'a'.repeat(64)}.test`, 'ValidationException', /regular expression pattern/],
    ['hyphens kept for A-labels', 'ab--x.example.test', 'InvalidParameterException', /ab--x/],
    [
      'a first name over 64 octets',
      `${'a'.repeat(60)}.shop.example.test`,
      'InvalidDomainValidationOptionsException',
      /The first domain name can be no longer than 64 characters\./,
    ],
  ])('A23: refuses %s', async (_, DomainName, code, message) => {
    const acm = await anAcm();

    await expect(acm.request({ DomainName })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('A-labels, wildcards and long alternative names are taken', async () => {
    const acm = await anAcm();

    await acm.request({
      DomainName: '*.xn--bcher-kva.test',
      SubjectAlternativeNames: [`${'a'.repeat(60)}.shop.example.test`],
    });
  });

  test.each(['amazonaws.com', 'x.eu-west-1.elb.amazonaws.com', 'd1.cloudfront.net'])(
    'A23: %s is denied, for Amazon owns it',
    async (DomainName) => {
      const acm = await anAcm();
      const arn = await acm.request({ DomainName });
      await acm.clock.advance(5_000);

      expect(await acm.describe(arn)).toMatchObject({
        Status: 'FAILED',
        FailureReason: 'ADDITIONAL_VERIFICATION_REQUIRED',
      });
    },
  );

  test('A8: a top-level domain that does not exist fails the request', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ DomainName: 'shop.nowhere' });
    await acm.clock.advance(5_000);

    expect(await acm.describe(arn)).toMatchObject({ Status: 'FAILED', FailureReason: 'INVALID_PUBLIC_DOMAIN' });
  });

  test('says what it does not do: validation by mail, which is the default', async () => {
    const acm = await anAcm();

    await expect(acm.call('RequestCertificate', { DomainName: 'shop.example.test' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining('EMAIL'),
    });
  });

  test('tags come along; those of AWS itself are refused', async () => {
    const acm = await anAcm();
    const arn = await acm.request({ Tags: [{ Key: 'nameplate:site', Value: 'shop.example.test' }] });
    await acm.clock.advance(2_000);

    expect(await acm.call('ListTagsForCertificate', { CertificateArn: arn })).toEqual({
      Tags: [{ Key: 'nameplate:site', Value: 'shop.example.test' }],
    });
    await expect(acm.request({ Tags: [{ Key: 'aws:x', Value: 'y' }] })).rejects.toMatchObject({
      code: 'InvalidTagException',
    });
    const many = Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    await expect(acm.call('AddTagsToCertificate', { CertificateArn: arn, Tags: many })).rejects.toMatchObject({
      code: 'TooManyTagsException',
    });
  });

  test('gives IAM the names, the method, the key and the tags to judge by', async () => {
    const acm = await anAcm();
    const call = { region: 'us-east-1' } as never;
    const input = {
      DomainName: 'Shop.example.test',
      SubjectAlternativeNames: ['www.example.test'],
      ValidationMethod: 'DNS',
      Tags: [{ Key: 'a', Value: 'b' }],
    } as never;

    expect(acm.service.operations.RequestCertificate?.conditions?.(input, call)).toEqual({
      'acm:DomainNames': ['shop.example.test', 'www.example.test'],
      'acm:ValidationMethod': ['DNS'],
      'acm:KeyAlgorithm': ['RSA_2048'],
      'acm:Export': ['DISABLED'],
      'aws:RequestTag/a': ['b'],
      'aws:TagKeys': ['a'],
    });
    const arn = await acm.request({ Tags: [{ Key: 'a', Value: 'b' }] });
    const onOne = acm.service.operations.DeleteCertificate;
    expect(onOne?.resources?.({ CertificateArn: arn } as never, call)).toEqual([arn]);
    expect(onOne?.conditions?.({ CertificateArn: arn } as never, call)).toEqual({ 'aws:ResourceTag/a': ['b'] });
  });
});
