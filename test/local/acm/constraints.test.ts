import { expect, test } from '@jest/globals';
import { anAcm } from './an-acm.ts';

// Source: logs that others published, such as issues 93 of terraform-aws-modules/terraform-aws-acm and 7 of
// pfulop/serverless-cloudfront-distribution-certificate; checked 2026-11-30.
const NAME = '(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])';
const TAG = '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*';

const DNS = { DomainName: 'shop.example.test', ValidationMethod: 'DNS' };

test.each([
  [
    'a tag with an asterisk',
    'RequestCertificate',
    { ...DNS, Tags: [{ Key: 'Name', Value: '*.example.test' }] },
    `Value '*.example.test' at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ${TAG}`,
  ],
  [
    'no alternative name',
    'RequestCertificate',
    { ...DNS, SubjectAlternativeNames: [] },
    "Value '[]' at 'subjectAlternativeNames' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'an alternative name of one label',
    'RequestCertificate',
    { ...DNS, SubjectAlternativeNames: ['ccc'] },
    `Value '[ccc]' at 'subjectAlternativeNames' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 253, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${NAME}]`,
  ],
  [
    'an ARN of another service',
    'DescribeCertificate',
    { CertificateArn: 'arn:aws:iam::123456789012:server-certificate/shop' },
    "at 'certificateArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:",
  ],
  [
    'a key that is too long',
    'ImportCertificate',
    { Certificate: Buffer.from('-'), PrivateKey: Buffer.alloc(5_121, '-') },
    "1 validation error detected: Value at 'privateKey' failed to satisfy constraint: Member must have length less than or equal to 5120",
  ],
])('%s is a ValidationException in the words of ACM', async (_, operation, input, words) => {
  const acm = await anAcm();
  await expect(acm.call(operation, input)).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining(words),
  });
});
