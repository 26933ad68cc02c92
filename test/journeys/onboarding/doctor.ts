import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { CreateDistributionResult } from '@aws-sdk/client-cloudfront';
import type { DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import type { DescribeLoadBalancersOutput, LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lookAt } from '../../../aws/doctor/look.ts';
import { throughProxy } from '../../../cli/doctor/through-proxy.ts';
import { examine, type Report } from '../../../domain/doctor/report.ts';
import type { SiteCheckView } from '../../../domain/doctor/view.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import { codesOf } from '../../support/doctor.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

/** A shop that is live, and what the doctor says of it, from this machine and from AWS, while things break. */
export function doctor(boot: SharedBoot): void {
  describe('the doctor', () => {
    let nameplate: Nameplate;
    let shop: string;
    let instanceId: string;
    beforeAll(async () => {
      nameplate = boot.nameplate;
      const names = boot.namesInZone();
      shop = names.shop;
      instanceId = await anotherInstance(nameplate);
      await becomesLive(nameplate, names, { origin: { instance: { id: instanceId } } });
      setDefaultCACertificates([...getCACertificates('bundled'), nameplate.aws.caPem]);
    });
    afterAll(() => setDefaultCACertificates(getCACertificates('bundled')));

    /** As `npm run doctor` does in the local AWS. */
    async function examined(name: string): Promise<Report> {
      const connect = throughProxy(new URL(nameplate.aws.proxy));
      const timeoutMs = 20_000;
      return examine(
        await lookAt(name, {
          connect,
          documentation: true,
          now: nameplate.aws.clock.now(),
          timeoutMs,
          deadlineMs: 60_000,
        }),
      );
    }

    async function checked(): Promise<SiteCheckView> {
      const response = await fetch(`${nameplate.aws.apiUrl}/v1/checks`, {
        method: 'POST',
        body: JSON.stringify({ domain: shop }),
      });
      expect(response.status).toBe(200);
      return (await response.json()) as SiteCheckView;
    }

    async function loadBalancer(): Promise<LoadBalancer> {
      const about = { Names: [resourceName(shop)] };
      const { LoadBalancers: [found = {}] = [] } = await nameplate.ask<DescribeLoadBalancersOutput>(
        'elasticloadbalancing',
        'DescribeLoadBalancers',
        about,
      );
      return found;
    }

    const codes = ({ findings }: SiteCheckView['names'][number] | Report): string[] =>
      findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code);

    test('finds a site that is live healthy, by the API as well, and changes nothing', async () => {
      const mark = nameplate.aws.calls.mark();
      const report = await examined(shop);
      expect(report).toMatchObject({ verdict: 'healthy', unseen: [] });
      expect(codesOf(report)).toEqual(['hstsMissing']);
      const site = await checked();
      expect(site).toMatchObject({ domain: shop, resources: [], names: [{ name: shop, verdict: 'healthy' }] });
      expect(nameplate.mutatingCalls(mark)).toEqual([]);
    });

    test('names the own name of a load balancer as the origin of a distribution by the 502 of CloudFront', async () => {
      const { DNSName } = await loadBalancer();
      const { Distribution } = await nameplate.ask<CreateDistributionResult>('cloudfront', 'CreateDistribution', {
        DistributionConfig: {
          CallerReference: 'by-hand',
          Comment: '',
          Enabled: true,
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: 'shop',
                DomainName: DNSName,
                CustomOriginConfig: {
                  HTTPPort: 80,
                  HTTPSPort: 443,
                  OriginProtocolPolicy: 'https-only',
                  OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
                },
              },
            ],
          },
          DefaultCacheBehavior: {
            TargetOriginId: 'shop',
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          },
        },
      });
      await nameplate.aws.clock.advance(15 * 60_000);
      const report = await examined(Distribution?.DomainName ?? '');
      // CloudFront's own certificate takes TLS 1.0 from viewers, on AWS too.
      expect(codes(report)).toEqual(['pageFailsAtCloudFront', 'oldProtocolAccepted']);
      expect(report.findings[0]).toMatchObject({
        message: expect.stringContaining('502'),
        fix: expect.stringContaining('elb.amazonaws.com'),
      });
    });

    test('B4: names the rule that another tool has removed', async () => {
      const { SecurityGroups: GroupIds } = await loadBalancer();
      const about = { GroupIds };
      const { SecurityGroups = [] } = await nameplate.ask<DescribeSecurityGroupsResult>(
        'ec2',
        'DescribeSecurityGroups',
        about,
      );
      const group = SecurityGroups.find(({ IpPermissions = [] }) =>
        IpPermissions.some(({ FromPort }) => FromPort === 443),
      );
      const IpPermissions = group?.IpPermissions?.filter(({ FromPort }) => FromPort === 443);
      await nameplate.ask('ec2', 'RevokeSecurityGroupIngress', { GroupId: group?.GroupId, IpPermissions });
      await nameplate.aws.clock.advance(60_000);
      const site = await checked();
      expect(site.resources).toMatchObject([
        { code: 'resourceMissing', message: expect.stringContaining('port 443 from 0.0.0.0/0'), severity: 'error' },
      ]);
      expect(site.names.flatMap(codes)).toEqual(['portFiltered']);
      await nameplate.ask('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: group?.GroupId, IpPermissions });
      await nameplate.aws.clock.advance(60_000);
    });

    test('tells a 502, 503 or 504 of the load balancer from one of the application', async () => {
      await nameplate.ask('ec2', 'StopInstances', { InstanceIds: [instanceId] });
      await nameplate.aws.clock.advance(10 * 60_000);
      expect((await checked()).names.flatMap(codes)).toEqual(['pageFailsAtLoadBalancer']);
    });
  });
}
