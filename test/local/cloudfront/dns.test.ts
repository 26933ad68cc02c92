import { CloudFront } from '@aws-sdk/client-cloudfront';
import { Route53 } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { createNames, type Names } from '../../../local/dns/names.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createCloudFront } from '../../../local/services/cloudfront/service.ts';
import { createRoute53 } from '../../../local/services/route53/service.ts';
import { createS3 } from '../../../local/services/s3/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aConfig } from './a-cloudfront.ts';

let aws: AFront;
let names: Names;
let route53: Route53;
let zone: string;
let target: string;
beforeAll(async () => {
  const internet = new Internet();
  const authority = await Authority.create();
  const made: { names?: Names } = {};
  aws = await aFront({
    services: (host) => {
      const dns = createNames(host, internet, {});
      made.names = dns;
      const { service } = createCloudFront(host, {
        askBucket: createS3(host).askBucket,
        internet,
        authority,
        certificates: { find: () => undefined, use: () => {}, release: () => {} },
        awsNames: dns.awsNames,
        resolve: (name, type) => dns.freshResolver.resolve(name, type),
      });
      return [createRoute53(host, dns).service, service];
    },
  });
  if (!made.names) throw new Error('The front made no names');
  names = made.names;
  route53 = aws.client(Route53);
  const { HostedZone } = await route53.createHostedZone({ Name: 'shop.example.test', CallerReference: '1' });
  zone = String(HostedZone?.Id);
  const { Distribution } = await aws.client(CloudFront).createDistribution({ DistributionConfig: aConfig() });
  target = String(Distribution?.DomainName);
  await aws.clock.advance(60_000);
});
afterAll(() => aws.close());

const alias = (Type: 'A' | 'AAAA', HostedZoneId = 'Z2FDTNDATAQYW2') =>
  route53.changeResourceRecordSets({
    HostedZoneId: zone,
    ChangeBatch: {
      Changes: [
        {
          Action: 'UPSERT',
          ResourceRecordSet: {
            Name: 'shop.example.test',
            Type,
            AliasTarget: { HostedZoneId, DNSName: target, EvaluateTargetHealth: false },
          },
        },
      ],
    },
  });
const seen = async (name: string, type: string) =>
  (await names.freshResolver.resolve(name, type)).answers.map(({ data }) => String(data));

test('aliases in the zone of all distributions answer with its addresses, IPv6 too', async () => {
  await alias('A');
  await aws.clock.advance(60_000);
  await alias('AAAA');
  await aws.clock.advance(60_000);
  expect(await seen('shop.example.test', 'A')).toEqual(await seen(target, 'A'));
  expect(await seen('shop.example.test', 'AAAA')).toEqual(await seen(target, 'AAAA'));
  expect(await seen(target, 'A')).toHaveLength(4);
  expect(await seen(target, 'AAAA')).toHaveLength(4);
});

test('an alias that gives the zone of a load balancer is refused', async () => {
  await expect(alias('A', 'Z35SXDOTRQ7X7K')).rejects.toMatchObject({
    name: 'InvalidChangeBatch',
    message: expect.stringContaining('the alias target name does not lie within the target zone'),
  });
});
