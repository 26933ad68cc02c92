import { describe, expect, test } from '@jest/globals';
import { anAcm } from './an-acm.ts';

const ALL_KEY_TYPES = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
] as const;

describe('ListCertificates', () => {
  test('A4: hides certificates with other keys than RSA up to 2048 bits unless asked for them', async () => {
    const acm = await anAcm();
    const rsa = await acm.request({ KeyAlgorithm: 'RSA_2048' });
    const ec = await acm.request({ KeyAlgorithm: 'EC_prime256v1' });
    await acm.clock.advance(2_000);
    const arns = async (input?: Parameters<typeof acm.list>[0]) =>
      (await acm.list(input)).CertificateSummaryList?.map((one) => one.CertificateArn);

    expect(await arns()).toEqual([rsa]);
    expect(await arns({ Includes: { keyTypes: [...ALL_KEY_TYPES] } })).toEqual([rsa, ec]);
    expect(await arns({ Includes: { keyTypes: ['EC_prime256v1'] } })).toEqual([ec]);
  });

  test('filters by status and goes page by page, forwards and backwards', async () => {
    const acm = await anAcm();
    const Includes = { keyTypes: [...ALL_KEY_TYPES] };
    const pending = [];
    for (let n = 0; n < 5; n++) pending.push(await acm.request({ DomainName: `p${n}.example.test` }));
    await acm.issued();
    const pages = async (input: object) => {
      const seen: (string | undefined)[] = [];
      let NextToken: string | undefined;
      do {
        const page = await acm.list({ Includes, MaxItems: 2, ...input, ...(NextToken ? { NextToken } : {}) });
        expect(page.CertificateSummaryList?.length).toBeLessThanOrEqual(2);
        seen.push(...(page.CertificateSummaryList ?? []).map((one) => one.CertificateArn));
        NextToken = page.NextToken;
      } while (NextToken);
      return seen;
    };
    const CertificateStatuses = ['PENDING_VALIDATION'];

    expect(await pages({ CertificateStatuses })).toEqual(pending);
    expect(await pages({ CertificateStatuses, SortBy: 'CREATED_AT', SortOrder: 'DESCENDING' })).toEqual(
      pending.toReversed(),
    );
    expect(await pages({})).toHaveLength(6);
    await expect(acm.list({ SortBy: 'CREATED_AT' })).rejects.toMatchObject({ code: 'InvalidArgsException' });
    await expect(acm.list({ NextToken: 'odd' })).rejects.toMatchObject({ code: 'InvalidArgsException' });
  });

  test.each([
    [{ MaxItems: 0 }, "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than"],
    [{ CertificateStatuses: ['FOO'] }, "Value '[FOO]' at 'certificateStatuses' failed to satisfy constraint: Member"],
  ])('refuses %j', async (input, message) => {
    const acm = await anAcm();
    await expect(acm.list(input as object)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test('shows each Region its own, and summarizes', async () => {
    const acm = await anAcm();
    await acm.request({}, 'eu-west-1');
    const arn = await acm.issued({ KeyAlgorithm: 'RSA_2048', SubjectAlternativeNames: ['www.example.test'] });
    acm.certificates.use(arn, 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/1');

    expect((await acm.list()).CertificateSummaryList).toMatchObject([
      {
        CertificateArn: arn,
        DomainName: 'shop.example.test',
        SubjectAlternativeNameSummaries: ['shop.example.test', 'www.example.test'],
        Status: 'ISSUED',
        Type: 'AMAZON_ISSUED',
        InUse: true,
        RenewalEligibility: 'ELIGIBLE',
        KeyUsages: ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'],
      },
    ]);
  });
});

test('tags are added, listed and taken away, by both families of calls', async () => {
  const acm = await anAcm();
  const arn = await acm.request();
  await acm.clock.advance(2_000);
  const tags = async () => (await acm.call<{ Tags: object[] }>('ListTagsForCertificate', { CertificateArn: arn })).Tags;
  await acm.call('AddTagsToCertificate', {
    CertificateArn: arn,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await acm.call('RemoveTagsFromCertificate', {
    CertificateArn: arn,
    Tags: [{ Key: 'a' }, { Key: 'b', Value: 'another' }],
  });
  expect(await tags()).toEqual([{ Key: 'b', Value: '2' }]);
  await acm.call('TagResource', { ResourceArn: arn, Tags: [{ Key: 'c', Value: '3' }] });
  await acm.call('UntagResource', { ResourceArn: arn, TagKeys: ['b'] });
  expect(await acm.call('ListTagsForResource', { ResourceArn: arn })).toEqual({ Tags: [{ Key: 'c', Value: '3' }] });
});

test.each(['AddTagsToCertificate', 'RemoveTagsFromCertificate'])('%s wants a tag', async (operation) => {
  const acm = await anAcm();
  const arn = await acm.request();
  await acm.clock.advance(2_000);
  await expect(acm.call(operation, { CertificateArn: arn, Tags: [] })).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining("Value '[]' at 'tags' failed to satisfy constraint"),
  });
});
