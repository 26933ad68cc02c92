import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { AwsNames } from '../../../local/dns/aws-names.ts';
import { Internet } from '../../../local/internet/internet.ts';
import { createCloudFront } from '../../../local/services/cloudfront/service.ts';
import { createEc2 } from '../../../local/services/ec2/service.ts';
import type { ServedCertificate } from '../../../local/services/elbv2/certificates.ts';
import { createElbv2 } from '../../../local/services/elbv2/service.ts';
import { createS3 } from '../../../local/services/s3/service.ts';
import { aCertificate } from '../../support/certificates.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { aVpc } from '../ec2/an-ec2.ts';
import { saying } from '../elbv2/an-elbv2.ts';
import { ALL_EXCEPT_HOST, ALL_VIEWER, type Answer, aConfig, ask, VIEWER } from './a-cloudfront.ts';

const HOST = 'shop.example.test';
const ORIGIN_NAME = 'origin.shop.example.test';

let aws: AFront;
let internet: Internet;
let ec2: EC2;
let cloudfront: CloudFront;
let groupId: string;
let balancer: string;
const names = new AwsNames();
const certificates = new Map<string, ServedCertificate>();
const viewers = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-0000000000aa';
const origins = 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-0000000000bb';

/** The origin's own name leads to the load balancer. */
const addressesOf = (name: string): string[] => names.get(name === ORIGIN_NAME ? balancer : name)?.a() ?? [];

beforeAll(async () => {
  const authority = await Authority.create();
  const made: { internet?: Internet } = {};
  aws = await aFront({
    startAt: new Date(),
    services: (host) => {
      const net = new Internet({ clock: host.clock });
      made.internet = net;
      const network = createEc2(host, { internet: net });
      const acm = {
        find: (arn: string, region: string) => (arn.includes(`:${region}:`) ? certificates.get(arn) : undefined),
        use: () => {},
        release: () => {},
      };
      return [
        network.service,
        createElbv2(host, { internet: net, ec2: network, certificates: acm, awsNames: names }).service,
        createCloudFront(host, {
          askBucket: createS3(host).askBucket,
          internet: net,
          authority,
          certificates: acm,
          awsNames: names,
          resolve: async (name, type) => ({
            rcode: 'NOERROR',
            answers: type === 'A' ? addressesOf(name).map((data) => ({ name, type: 'A', ttl: 60, data })) : [],
            authorities: [],
          }),
        }).service,
      ];
    },
  });
  if (!made.internet) throw new Error('The front made no services');
  internet = made.internet;
  for (const [arn, domains] of [
    [viewers, [HOST]],
    [origins, [HOST, ORIGIN_NAME]],
  ] as const) {
    const issued = await aCertificate(authority, { names: [...domains] });
    certificates.set(arn, { ...issued, arn, status: 'ISSUED', domains: [...domains], keyAlgorithm: 'EC_prime256v1' });
  }
  ec2 = aws.client(EC2);
  cloudfront = aws.client(CloudFront);
  const { vpcId, subnetIds } = await aVpc(ec2);
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: 'front', Description: 'd' });
  groupId = String(GroupId);
  const elb = aws.client(ElasticLoadBalancingV2);
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'shop',
    Subnets: subnetIds,
    SecurityGroups: [groupId],
  });
  balancer = String(LoadBalancers?.[0]?.DNSName);
  await elb.createListener({
    LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    Certificates: [{ CertificateArn: origins }],
    DefaultActions: saying('from the load balancer'),
  });
  await aws.clock.advance(190_000);
});
afterAll(() => aws.close());

const letIn = (rule: object) =>
  ec2.authorizeSecurityGroupIngress({
    GroupId: groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...rule }],
  });

async function get(domainName: string, host: string): Promise<Answer> {
  const [address = ''] = names.get(domainName)?.a() ?? [];
  const connection = await internet.connect(VIEWER, { address, port: 443 });
  const socket = connectTls({ socket: connection, servername: host, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return ask(socket, { headers: { host } });
}

/** A distribution in front of a name; returned is the name of its own. */
async function before(DomainName: string, OriginRequestPolicyId: string, aliases: string[] = []): Promise<string> {
  const { Distribution } = await cloudfront.createDistribution({
    DistributionConfig: aConfig({
      aliases,
      ...(aliases.length > 0 && { certificate: viewers }),
      origin: { DomainName },
      behavior: { OriginRequestPolicyId },
    }),
  });
  await aws.clock.advance(225_000);
  return String(Distribution?.DomainName);
}

test("the origin lock: CloudFront's prefix list lets the distribution in, and a viewer not; without it there is a 504", async () => {
  const distribution = await before(ORIGIN_NAME, ALL_VIEWER, [HOST]);
  const asking = get(distribution, HOST);
  await aws.clock.until(async () => (await Promise.race([asking, undefined])) !== undefined);
  expect((await asking).status).toBe(504);
  const { PrefixLists } = await ec2.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.global.cloudfront.origin-facing'] }],
  });
  await letIn({ PrefixListIds: [{ PrefixListId: PrefixLists?.[0]?.PrefixListId }] });
  expect(await get(distribution, HOST)).toMatchObject({ status: 200, body: 'from the load balancer' });
  const [address = ''] = addressesOf(balancer);
  expect(internet.reach(VIEWER, { address, port: 443 })).toBe('filtered');
});

test("C9: with the load balancer's own name as origin and Host, the certificate is for another name: a 502", async () => {
  const wrong = await before(balancer, ALL_EXCEPT_HOST);
  expect(await get(wrong, wrong)).toMatchObject({
    status: 502,
    body: expect.stringContaining("CloudFront wasn't able to connect to the origin."),
  });
  const right = await before(ORIGIN_NAME, ALL_EXCEPT_HOST);
  expect(await get(right, right)).toMatchObject({ status: 200 });
});
