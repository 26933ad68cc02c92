import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { aCertificate, aSelfSignedCertificate } from '../../support/certificates.ts';
import { type ACloudFront, aCloudFront, aConfig, anAcmCertificate } from './a-cloudfront.ts';

let world: ACloudFront;
beforeAll(async () => {
  world = await aCloudFront();
});
afterAll(() => world.close());
// The bucket fills up again between tests.
beforeEach(() => world.aws.clock.advance(10_000));

const creating = (config: object) =>
  world.cloudfront.createDistribution({ DistributionConfig: { ...aConfig(), ...config } as DistributionConfig });
const origin = (rest: object, custom: object = {}) => ({
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: 'origin',
        DomainName: 'origin.example.test',
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only', ...custom },
        ...rest,
      },
    ],
  },
});
const behavior = (rest: object) => ({ DefaultCacheBehavior: { ...aConfig().DefaultCacheBehavior, ...rest } });

test.each<[title: string, config: object, name: string]>([
  ['an address as origin', origin({ DomainName: '203.0.113.10' }), 'InvalidArgument'],
  ['an origin of one label', origin({ DomainName: 'localhost' }), 'InvalidArgument'],
  ['no origins at all', { Origins: { Quantity: 0 } }, 'MalformedXML'],
  ['an empty list of origins', { Origins: { Quantity: 0, Items: [] } }, 'MalformedXML'],
  ['a port below 1024', origin({}, { HTTPSPort: 1000 }), 'InvalidArgument'],
  ['a read timeout of zero', origin({}, { OriginReadTimeout: 0 }), 'InvalidOriginReadTimeout'],
  ['a keep-alive of 301 s', origin({}, { OriginKeepaliveTimeout: 301 }), 'InvalidOriginKeepaliveTimeout'],
  ['four attempts', origin({ ConnectionAttempts: 4 }), 'InvalidArgument'],
  [
    'TLS 1.3 in the list of protocols',
    origin({}, { OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.3'] } }),
    'MalformedXML',
  ],
  ['a path that ends in a slash', origin({ OriginPath: '/a/' }), 'InvalidArgument'],
  [
    "a header of CloudFront's own",
    origin({ CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Edge-A', HeaderValue: '1' }] } }),
    'InvalidArgument',
  ],
  [
    'a quantity that is not the number',
    { Aliases: { Quantity: 2, Items: ['a.example.test'] } },
    'InconsistentQuantities',
  ],
  ['a target that is no origin', behavior({ TargetOriginId: 'other' }), 'NoSuchOrigin'],
  ['a set of methods of its own', behavior({ AllowedMethods: { Quantity: 1, Items: ['GET'] } }), 'InvalidArgument'],
  ['an unknown viewer protocol policy', behavior({ ViewerProtocolPolicy: 'soup' }), 'MalformedXML'],
  ['an unknown price class', { PriceClass: 'PriceClass_1' }, 'MalformedXML'],
  [
    'what the local AWS lacks',
    { WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b' },
    'NotImplemented',
  ],
])('%s is refused', async (_, config, name) => {
  await expect(creating(config)).rejects.toMatchObject({ name });
});

const served = async (given: Parameters<typeof anAcmCertificate>[1], rest: object = {}) =>
  creating({
    Aliases: { Quantity: 1, Items: ['shop.example.test'] },
    ViewerCertificate: {
      ACMCertificateArn: await anAcmCertificate(world, given),
      SSLSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
      ...rest,
    },
  });
const UNUSABLE = /doesn't exist, isn't in us-east-1 region, isn't valid/;

test('C5: an alias needs a certificate', async () => {
  await expect(creating({ Aliases: { Quantity: 1, Items: ['shop.example.test'] } })).rejects.toMatchObject({
    name: 'InvalidViewerCertificate',
    message: expect.stringContaining('you must attach a trusted certificate'),
  });
});

test.each<[title: string, given: Parameters<typeof anAcmCertificate>[1], message: RegExp]>([
  ['of another region', { region: 'eu-west-1' }, UNUSABLE],
  ['that is not issued', { status: 'PENDING_VALIDATION' }, UNUSABLE],
  ['that has expired', { notAfter: new Date('2026-01-01T00:00:00Z') }, UNUSABLE],
  ['with a P-384 key', { keyAlgorithm: 'EC_secp384r1' }, /key algorithm/],
  ['for another name', { domains: ['other.example.test'] }, /doesn't cover the alternate domain name/],
  ['for a wildcard one level up', { domains: ['*.test'] }, /doesn't cover the alternate domain name/],
])('C5, A21, A22: a certificate %s is refused', async (_, given, message) => {
  await expect(served(given)).rejects.toMatchObject({
    name: 'InvalidViewerCertificate',
    message: expect.stringMatching(message),
  });
});

test('C5: an imported certificate must be trusted, its chain complete and in order', async () => {
  const good = await aCertificate(world.authority);
  const unknown = await aCertificate(await Authority.create());
  const { cert, key } = await aSelfSignedCertificate();
  await expect(served({ ...unknown })).rejects.toMatchObject({ message: expect.stringMatching(/trusted Certificate/) });
  await expect(served({ certificatePem: cert, chainPem: '', privateKeyPem: key })).rejects.toMatchObject({
    message: expect.stringMatching(/trusted Certificate/),
  });
  const reversed = good.chainPem
    .split(/(?<=END CERTIFICATE-----\n)/)
    .toReversed()
    .join('');
  await expect(served({ ...good, chainPem: reversed })).rejects.toMatchObject({
    message: expect.stringMatching(UNUSABLE),
  });
  await served({ ...good });
});

test('SNI only, by a policy that exists', async () => {
  await expect(served({}, { SSLSupportMethod: 'vip' })).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(served({}, { MinimumProtocolVersion: 'SSLv3' })).rejects.toMatchObject({
    name: 'InvalidProtocolSettings',
  });
  await expect(served({}, { MinimumProtocolVersion: 'TLSv9' })).rejects.toMatchObject({
    name: 'MalformedXML',
    // Source: issue 6275 of aws/aws-cli; checked 2026-12-01.
    message: expect.stringContaining(
      "1 validation error detected: Value 'TLSv9' at 'distributionConfig.viewerCertificate.minimumProtocolVersion' failed to satisfy constraint: Member must satisfy enum value set: [",
    ),
  });
  await expect(served({}, { SSLSupportMethod: undefined })).rejects.toMatchObject({ name: 'InvalidArgument' });
});
