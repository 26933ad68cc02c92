import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type RequestOptions, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { CloudFront, type Distribution, type DistributionConfig, type Origin } from '@aws-sdk/client-cloudfront';
import { Authority } from '../../../local/certificates/authority.ts';
import { AwsNames } from '../../../local/dns/aws-names.ts';
import type { DnsRecord } from '../../../local/dns/record.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { type CloudFrontService, createCloudFront } from '../../../local/services/cloudfront/service.ts';
import type { ServedCertificate } from '../../../local/services/elbv2/certificates.ts';
import { createS3 } from '../../../local/services/s3/service.ts';
import { aCertificate } from '../../support/certificates.ts';
import { type AFront, aFront } from '../../support/front.ts';
import type { Kind } from '../../support/rack/kinds.ts';
import { Rack } from '../../support/rack/rack.ts';

export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const USE_ORIGIN_HEADERS = '83da9c7e-98b4-4e11-a168-04f0df8e2c65';
export const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
export const ALL_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
export const HOST_ONLY = 'bf0718e1-ba1e-49d1-88b1-f726733018ae';

/** Where the viewer of the tests is. */
export const VIEWER = '198.51.100.7';
export const ORIGIN = { name: 'origin.example.test', address: '203.0.113.10' } as const;

export interface ACloudFront {
  aws: AFront;
  cloudfront: CloudFront;
  internet: Internet;
  hooks: CloudFrontService;
  authority: Authority;
  rack: Rack;
  /** What stands in for ACM. */
  certificates: Map<string, ServedCertificate>;
  /** "use arn userArn" and "release arn userArn", in order. */
  uses: string[];
  names: AwsNames;
  /** What stands in for the public DNS: addresses, or another name, by name. */
  dns: Map<string, readonly string[]>;
  close(): Promise<void>;
}

/** CloudFront behind a real front, asked by a real SDK client, with a rack of origins; the clock stands still. */
export async function aCloudFront({ seed = 1, lagShare = 0 } = {}): Promise<ACloudFront> {
  const internet: { made?: Internet; hooks?: CloudFrontService } = {};
  const authority = await Authority.create();
  const certificates = new Map<string, ServedCertificate>();
  const uses: string[] = [];
  const names = new AwsNames();
  const dns = new Map<string, readonly string[]>([[ORIGIN.name, [ORIGIN.address]]]);
  const aws = await aFront({
    seed,
    lagShare,
    // The rack's certificates are of the wall clock's time.
    startAt: new Date(),
    services: (host) => {
      internet.made = new Internet({ clock: host.clock });
      const s3 = createS3(host);
      internet.hooks = createCloudFront(host, {
        askBucket: s3.askBucket,
        internet: internet.made,
        authority,
        certificates: {
          find: (arn, region) => (arn.includes(`:${region}:`) ? certificates.get(arn) : undefined),
          use: (arn, userArn) => void uses.push(`use ${arn} ${userArn}`),
          release: (arn, userArn) => void uses.push(`release ${arn} ${userArn}`),
        },
        awsNames: names,
        resolve: async (name, type) => ({ rcode: 'NOERROR', answers: answersFor(dns, name, type), authorities: [] }),
      });
      return [internet.hooks.service, s3.service];
    },
  });
  if (!internet.made || !internet.hooks) throw new Error('The front made no services');
  const rack = await Rack.open({ authority });
  return {
    aws,
    cloudfront: aws.client(CloudFront),
    internet: internet.made,
    hooks: internet.hooks,
    authority,
    rack,
    certificates,
    uses,
    names,
    dns,
    async close() {
      await rack.close();
      await aws.close();
    },
  };
}

function answersFor(dns: ReadonlyMap<string, readonly string[]>, name: string, type: string): DnsRecord[] {
  const values = dns.get(name) ?? [];
  return values.flatMap((value): DnsRecord[] => {
    if (/^[\d.]+$/.test(value)) return type === 'A' ? [{ name, type, ttl: 60, data: value }] : [];
    if (type === 'TXT') return [{ name, type, ttl: 60, data: value }];
    if (value.includes(':')) return type === 'AAAA' ? [{ name, type, ttl: 60, data: value }] : [];
    return [{ name, type: 'CNAME', ttl: 60, data: value }, ...answersFor(dns, value, type)];
  });
}

/** A distribution's smallest HTTPS configuration. */
export function aConfig({
  reference = `reference ${Math.random()}`,
  aliases = [],
  certificate,
  origin = {},
  behavior = {},
  ...config
}: {
  reference?: string;
  aliases?: string[];
  certificate?: string;
  origin?: Partial<Origin>;
  behavior?: Partial<DistributionConfig['DefaultCacheBehavior']>;
} & Partial<DistributionConfig> = {}): DistributionConfig {
  return {
    CallerReference: reference,
    Comment: '',
    Enabled: true,
    IsIPV6Enabled: true,
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'origin',
          DomainName: ORIGIN.name,
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: 'https-only',
            OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
          },
          ...origin,
        },
      ],
    },
    DefaultCacheBehavior: {
      TargetOriginId: 'origin',
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      AllowedMethods: {
        Quantity: 7,
        Items: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
        CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
      },
      ...behavior,
    },
    ...(aliases.length > 0 && { Aliases: { Quantity: aliases.length, Items: aliases } }),
    ...(certificate !== undefined && {
      ViewerCertificate: {
        ACMCertificateArn: certificate,
        SSLSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    }),
    ...config,
  };
}

export interface ADistribution {
  id: string;
  etag: string;
  domainName: string;
  arn: string;
  shown: Distribution;
}

/** A distribution; deployed unless told otherwise. */
export async function aDistribution(
  { aws, cloudfront }: ACloudFront,
  { deployed = true, ...options }: Parameters<typeof aConfig>[0] & { deployed?: boolean } = {},
): Promise<ADistribution> {
  const { Distribution: shown, ETag } = await cloudfront.createDistribution({ DistributionConfig: aConfig(options) });
  if (!shown) throw new Error('No distribution was returned');
  if (deployed) await aws.clock.advance(225_000);
  return {
    id: String(shown.Id),
    etag: String(ETag),
    domainName: String(shown.DomainName),
    arn: String(shown.ARN),
    shown,
  };
}

/** Changes a distribution as its callers should: everything that was read goes back. */
export async function update(
  { aws, cloudfront }: ACloudFront,
  id: string,
  change: (config: DistributionConfig) => Partial<DistributionConfig>,
  { deployed = true } = {},
): Promise<string> {
  const { DistributionConfig: config, ETag } = await cloudfront.getDistributionConfig({ Id: id });
  if (!config) throw new Error('No configuration was returned');
  const next = await cloudfront.updateDistribution({
    Id: id,
    IfMatch: ETag,
    DistributionConfig: { ...config, ...change(config) },
  });
  if (deployed) await aws.clock.advance(225_000);
  return String(next.ETag);
}

let count = 0;

/** A certificate that ACM has issued in us-east-1, unless told otherwise. */
export async function anAcmCertificate(
  { authority, certificates }: ACloudFront,
  {
    domains = ['shop.example.test'],
    region = 'us-east-1',
    ...given
  }: { domains?: string[]; region?: string } & Partial<ServedCertificate> = {},
): Promise<string> {
  const issued = await aCertificate(authority, { names: domains });
  const arn = `arn:aws:acm:${region}:123456789012:certificate/00000000-0000-0000-0000-${String(++count).padStart(12, '0')}`;
  certificates.set(arn, { ...issued, arn, status: 'ISSUED', domains, keyAlgorithm: 'EC_prime256v1', ...given });
  return arn;
}

/** Puts a server of the rack where the origin's name leads to; the returned function takes it away. */
export function anOrigin(
  { rack, internet }: ACloudFront,
  {
    kind = 'ecdsa256',
    name = 'shop.example.test',
    address = ORIGIN.address,
    port = 443,
    listener,
  }: { kind?: Kind; name?: string; address?: string; port?: number; listener?: RequestListener } = {},
): Promise<() => void> {
  return rack.plugIn(internet, { address, port }, { kind, name, ...(listener && { listener }) });
}

/** A viewer's TLS connection to the first edge location of a distribution, or to another. */
export async function tlsTo(
  { internet, authority, names }: ACloudFront,
  { domainName, edge = 0, ...options }: { domainName: string; edge?: number } & ConnectionOptions,
): Promise<TLSSocket> {
  const address = names.get(domainName)?.a()[edge] ?? '';
  const connection = await internet.connect(VIEWER, { address, port: 443 });
  const socket = connectTls({ socket: connection, ca: authority.rootPem, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** One HTTP/1.1 exchange over a connection. */
export async function ask(
  connection: Duplex,
  { body, ...options }: RequestOptions & { body?: string } = {},
): Promise<Answer> {
  const outgoing = request({ createConnection: () => connection, ...options });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of incoming) text += chunk;
  connection.destroy();
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: text };
}

/** Asks a distribution by a name over HTTPS. */
export async function get(
  world: ACloudFront,
  { domainName }: Pick<ADistribution, 'domainName'>,
  {
    host = 'shop.example.test',
    edge = 0,
    ...options
  }: RequestOptions & { host?: string; edge?: number; body?: string } = {},
): Promise<Answer> {
  const socket = await tlsTo(world, { domainName, edge, servername: host });
  return ask(socket, { ...options, headers: { host, ...(options.headers as object) } });
}

/** Asks a distribution by a name over plain HTTP. */
export async function getPlain(
  { internet, names }: ACloudFront,
  { domainName }: Pick<ADistribution, 'domainName'>,
  { host = 'shop.example.test', ...options }: RequestOptions & { host?: string; body?: string } = {},
): Promise<Answer> {
  const address = names.get(domainName)?.a()[0] ?? '';
  const connection = await internet.connect(VIEWER, { address, port: 80 });
  return ask(connection, { ...options, headers: { host, ...(options.headers as object) } });
}
