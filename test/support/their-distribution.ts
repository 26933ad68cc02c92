import type { CreateDistributionResult } from '@aws-sdk/client-cloudfront';
import { anIssuedCertificate } from './issued-certificate.ts';
import type { Nameplate } from './nameplate.ts';
import { aServerOfTheirs, type TheirServer } from './server-of-theirs.ts';

/** Source: Amazon CloudFront Developer Guide, "Use managed cache policies"; checked 2026-11-29. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
/** Of every alias to a distribution. Source: Route 53 API Reference, "AliasTarget", checked 2026-11-22. */
const CLOUDFRONT_ZONE_ID = 'Z2FDTNDATAQYW2';
const ADDRESS = '198.18.5.80';

export interface TheirDistribution {
  id: string;
  domainName: string;
  certificateArn: string;
  server: TheirServer;
}

/** A distribution of the account that another tool has made: it serves a name from a server of its own, and DNS leads the name there. */
export async function aDistributionOfTheirs(
  nameplate: Nameplate,
  { zoneId, name, origin }: { zoneId: string; name: string; origin: string },
): Promise<TheirDistribution> {
  const { ask, aws } = nameplate;
  const server = await aServerOfTheirs(nameplate, { address: ADDRESS, port: 80 });
  const certificateArn = await anIssuedCertificate(nameplate, { zoneId, names: [name] });
  const record = (Name: string, more: object, Type = 'A') => ({
    Action: 'CREATE',
    ResourceRecordSet: { Name, Type, ...more },
  });
  const change = (...Changes: object[]) =>
    ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
  await change(record(origin, { TTL: 60, ResourceRecords: [{ Value: ADDRESS }] }));
  await aws.clock.advance(60_000);
  const { Distribution } = await ask<CreateDistributionResult>('cloudfront', 'CreateDistribution', {
    DistributionConfig: {
      CallerReference: `theirs ${name}`,
      Comment: 'theirs',
      Enabled: true,
      IsIPV6Enabled: true,
      Aliases: { Quantity: 1, Items: [name] },
      ViewerCertificate: { ACMCertificateArn: certificateArn, SSLSupportMethod: 'sni-only' },
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: 'theirs',
            DomainName: origin,
            CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
          },
        ],
      },
      DefaultCacheBehavior: {
        TargetOriginId: 'theirs',
        ViewerProtocolPolicy: 'redirect-to-https',
        CachePolicyId: CACHING_DISABLED,
      },
    },
  });
  const { Id: id = '', DomainName: domainName = '' } = Distribution ?? {};
  const AliasTarget = { HostedZoneId: CLOUDFRONT_ZONE_ID, DNSName: domainName, EvaluateTargetHealth: false };
  await change(record(name, { AliasTarget }), record(name, { AliasTarget }, 'AAAA'));
  await aws.clock.advance(15 * 60_000);
  return { id, domainName, certificateArn, server };
}
