import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { EC2 } from '@aws-sdk/client-ec2';
import {
  type Action,
  type CreateLoadBalancerInput,
  ElasticLoadBalancingV2,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Authority } from '../../../local/certificates/authority.ts';
import type { Host } from '../../../local/host.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createEc2, type Ec2Service } from '../../../local/services/ec2/service.ts';
import type { ServedCertificate } from '../../../local/services/elbv2/certificates.ts';
import { createElbv2 } from '../../../local/services/elbv2/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aGroup, aVpc, LAPTOP } from '../ec2/an-ec2.ts';

type NameEntry = { zoneId: string; a(): string[]; aaaa(): string[]; healthy(): boolean };

export interface AnElbv2 {
  aws: AFront;
  ec2: EC2;
  elb: ElasticLoadBalancingV2;
  hooks: Ec2Service;
  internet: Internet;
  authority: Authority;
  /** What stands in for ACM. */
  certificates: Map<string, ServedCertificate>;
  /** "use arn userArn" and "release arn userArn", in order. */
  uses: string[];
  /** What stands in for AWS's own names. */
  names: Map<string, NameEntry>;
  vpcId: string;
  subnetIds: [string, string];
  /** Lets 80 and 443 in from everywhere. */
  groupId: string;
}

/** EC2 and ELB behind a real front, with a VPC, asked by real SDK clients. */
export async function anElbv2({ seed = 1, ipv6 = false, lagShare = 0 } = {}): Promise<AnElbv2> {
  const certificates = new Map<string, ServedCertificate>();
  const uses: string[] = [];
  const names = new Map<string, NameEntry>();
  const made: { hooks?: Ec2Service; internet?: Internet } = {};
  const aws = await aFront({
    seed,
    lagShare,
    services: (host: Host) => {
      const internet = new Internet({ clock: host.clock });
      const hooks = createEc2(host, { internet });
      Object.assign(made, { hooks, internet });
      const elbv2 = createElbv2(host, {
        internet,
        ec2: hooks,
        certificates: {
          find: (arn, region) => (arn.includes(`:${region}:`) ? certificates.get(arn) : undefined),
          use: (arn, userArn) => void uses.push(`use ${arn} ${userArn}`),
          release: (arn, userArn) => void uses.push(`release ${arn} ${userArn}`),
        },
        awsNames: names as never,
      });
      return [hooks.service, elbv2.service];
    },
  });
  const { hooks, internet } = made;
  if (!hooks || !internet) throw new Error('The front made no services');
  const ec2 = aws.client(EC2);
  const { vpcId, subnetIds } = await aVpc(ec2, { ipv6 });
  const groupId = await aGroup(ec2, { vpcId, name: 'front', port: 80 });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: groupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 443, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    ],
  });
  const elb = aws.client(ElasticLoadBalancingV2);
  const authority = await Authority.create();
  return { aws, ec2, elb, hooks, internet, authority, certificates, uses, names, vpcId, subnetIds, groupId };
}

export interface ALoadBalancer {
  arn: string;
  dnsName: string;
  /** One for each zone. */
  addresses: string[];
}

/** A load balancer; active unless told otherwise. */
export async function aLoadBalancer(
  { aws, elb, names, subnetIds, groupId }: AnElbv2,
  { active = true, ...input }: Partial<CreateLoadBalancerInput> & { active?: boolean } = {},
): Promise<ALoadBalancer> {
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'shop',
    Subnets: subnetIds,
    SecurityGroups: [groupId],
    ...input,
  });
  const arn = LoadBalancers?.[0]?.LoadBalancerArn as string;
  const dnsName = LoadBalancers?.[0]?.DNSName as string;
  if (active) await aws.clock.advance(190_000);
  return { arn, dnsName, addresses: names.get(dnsName)?.a() ?? [] };
}

let certificateCount = 0;

/** A certificate that ACM has issued; served as it is in the map at that moment. */
export async function aCertificate(
  { authority, certificates }: AnElbv2,
  {
    domains = ['shop.example.test'],
    keyAlgorithm = 'EC_prime256v1',
    status = 'ISSUED',
    days = 198,
  }: {
    domains?: string[];
    keyAlgorithm?: 'EC_prime256v1' | 'RSA_2048';
    status?: string;
    days?: number;
  } = {},
): Promise<string> {
  const notAfter = new Date(Date.now() + days * 24 * 3_600_000);
  const issued = await authority.issue({
    names: domains,
    keyAlgorithm,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter,
  });
  const id = String(certificateCount++).padStart(12, '0');
  const arn = `arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-${id}`;
  certificates.set(arn, { ...issued, arn, status, domains, keyAlgorithm });
  return arn;
}

/** A target group over HTTP with the given targets. */
export async function aTargetGroup(
  { elb, vpcId }: AnElbv2,
  { name = 'shop', targets = [], ...input }: { name?: string; targets?: string[]; [setting: string]: unknown } = {},
): Promise<string> {
  const { TargetGroups } = await elb.createTargetGroup({
    Name: name,
    Protocol: 'HTTP',
    Port: 80,
    VpcId: vpcId,
    ...input,
  });
  const arn = TargetGroups?.[0]?.TargetGroupArn as string;
  if (targets.length > 0) {
    await elb.registerTargets({ TargetGroupArn: arn, Targets: targets.map((Id) => ({ Id })) });
  }
  return arn;
}

export const forwardTo = (arn: string): Action[] => [{ Type: 'forward', TargetGroupArn: arn }];
export const toHttps: Action[] = [
  { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
];
export const saying = (body: string, status = '200'): Action[] => [
  { Type: 'fixed-response', FixedResponseConfig: { StatusCode: status, MessageBody: body } },
];

/** The only target's health. */
export async function healthIn({ elb }: AnElbv2, arn: string): Promise<TargetHealth | undefined> {
  const { TargetHealthDescriptions } = await elb.describeTargetHealth({ TargetGroupArn: arn });
  return TargetHealthDescriptions?.[0]?.TargetHealth;
}

/** A TLS connection from the laptop. */
export async function tlsTo(
  { internet, authority }: AnElbv2,
  { to, from = LAPTOP, port = 443, ...options }: { to: string; from?: string; port?: number } & ConnectionOptions,
): Promise<TLSSocket> {
  const connection = await internet.connect(from, { address: to, port });
  const socket = connectTls({ socket: connection, ca: authority.rootPem, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** One HTTP/1.1 exchange over a connection. */
export async function ask(
  connection: Duplex,
  { body, ...options }: RequestOptions & { body?: string } = {},
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const asked = request({ path: '/', host: 'shop.example.test', ...options, createConnection: () => connection });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(await response.toArray()).toString(),
  };
}

/** One HTTP/1.1 exchange from the laptop. */
export async function askAt(
  { internet }: AnElbv2,
  to: string,
  { from = LAPTOP, port = 80, ...options }: RequestOptions & { from?: string; port?: number; body?: string } = {},
): ReturnType<typeof ask> {
  return ask(await internet.connect(from, { address: to, port }), options);
}
