import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeSecurityGroupRulesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { DescribeAccountLimitsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { Answer } from 'dns-packet';
import { claimName } from '../../../../aws/ledger/claim-name.ts';
import { writeTenantShare } from '../../../../aws/ledger/tenant-share.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { a, cname } from '../../../support/name-servers.ts';
import { aSettledSiteItem, aSite, aSiteItem } from '../../../support/site.ts';
import { awsError, domain } from '../../../support/steps.ts';
import { stored } from '../../../support/stubbed-zone.ts';
import type { Cause, Looked } from './cause.ts';
import { dnsOf } from './dns-of.ts';

/** What may stand where the site, its names and its things are to stand. */
export const nameCauses = ({ account, ledger }: Looked): Cause[] => [
  {
    check: 'recordInTheWay',
    severity: 'error',
    when: 'the name has a record',
    cause: () => void account.zone.sets.push(stored(domain, 'A', '203.0.113.200')),
    fix: 'Remove them, or choose another name',
  },
  {
    check: 'nameServedByWildcard',
    severity: 'info',
    when: 'only a wildcard answers for the name',
    cause: () => void account.zone.sets.push(stored('*.example.test', 'A', '203.0.113.200')),
    fix: 'gets the same records of its own first',
  },
  {
    check: 'nameOnDistribution',
    severity: 'warning',
    when: 'an alias in the zone bears the zone id of CloudFront',
    site: { adopt: true },
    cause: () => {
      const AliasTarget = {
        HostedZoneId: 'Z2FDTNDATAQYW2',
        DNSName: 'd1.cloudfront.net.',
        EvaluateTargetHealth: false,
      };
      account.zone.sets.push({ Name: domain, Type: 'A', AliasTarget });
    },
    fix: 'take it off there afterwards',
  },
  {
    check: 'nameOnDistribution',
    severity: 'warning',
    when: 'DNS elsewhere leads over a CNAME to a distribution',
    cause: async () => {
      account.zonesAre();
      await dnsOf(account, {
        zone: ({ name, type }) =>
          name === `www.${domain}` && type === 'A' ? { answers: [cname(name, 'd1.cloudfront.net')] } : undefined,
      });
    },
    fix: /"www\.shop\.example\.test" leads to the CloudFront distribution d1\.cloudfront\.net/,
  },
  {
    check: 'oldAnswersRemembered',
    severity: 'warning',
    when: 'the name answers with a long TTL',
    cause: async () => {
      await dnsOf(account, {
        zone: ({ name, type }) =>
          name === domain && type === 'A'
            ? { answers: [{ ...a(name, '203.0.113.9'), ttl: 86_400 } as Answer] }
            : undefined,
      });
    },
    fix: /"shop\.example\.test" .* for 24 hours after they move \(TTL 86400 s\).*set the TTL of these records to 60 s, and declare the site 24 hours later/,
  },
  {
    check: 'nameTaken',
    severity: 'error',
    when: 'another site has the name',
    cause: async () => {
      const other = aSettledSiteItem({ site: aSite({ domain: 'other.test', aliases: [`www.${domain}`] }) });
      await writeSite(ledger, other, { over: undefined });
      const claim = { name: `www.${domain}`, domain: 'other.test', request: 'r', claimedAt: other.createdAt };
      await claimName(ledger, claim);
    },
    fix: 'it belongs to the site "other.test"',
  },
  {
    check: 'nameOverlaps',
    severity: 'error',
    when: 'another tenant has a name above',
    cause: async () => {
      const tenant = 'acme';
      const other = aSettledSiteItem({ site: aSite({ domain: 'example.test', aliases: [], tenant }) });
      await writeSite(ledger, other, { over: undefined });
      const claim = { name: 'example.test', domain: 'example.test', tenant, request: 'r', claimedAt: other.createdAt };
      await claimName(ledger, claim);
    },
    fix: 'it lies below "example.test", which another tenant has',
  },
  {
    check: 'operationRunning',
    severity: 'error',
    when: 'an operation runs for the site',
    cause: async () => {
      await writeSite(ledger, aSiteItem({ site: aSite({ domain }) }), { over: undefined });
      account.ec2.on(DescribeSecurityGroupRulesCommand).resolves({});
      account.states.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    },
    fix: /wait until it has ended, or cancel it/,
  },
  {
    check: 'tenantShareReached',
    severity: 'error',
    when: 'the tenant has its share of load balancers',
    site: { tenant: 'acme' },
    cause: async () => {
      account.grants({ loadBalancers: 3 });
      const site = aSite({ domain: 'other.test', aliases: [], tenant: 'acme' });
      const other = aSettledSiteItem({ site, live: site });
      await writeSite(ledger, other, { over: undefined });
      const sites = { 'other.test': { at: other.updatedAt, open: false, takes: ['loadBalancers' as const] } };
      await writeTenantShare(ledger, 'acme', { over: { version: 0, sites: {} }, sites });
    },
    fix: /share of the account is 1 load balancers\. A site counts from its declaration until it is undone, whether its own is made yet or not: other\.test\. Take one/,
  },
  {
    check: 'foreignResourceInTheWay',
    severity: 'error',
    when: 'a security group of our name is not ours',
    cause: () => void account.ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-9' }] }),
    fix: 'Delete it, then declare the site again',
  },
  {
    check: 'quotaReached',
    severity: 'error',
    when: 'AWS says that the account may have no load balancer',
    cause: () => account.grants({ loadBalancers: 0 }),
    fix: 'Free what is unused or ask for more in Service Quotas',
  },
  {
    check: 'defaultQuotaReached',
    severity: 'warning',
    when: 'the region holds 2,500 certificates, and AWS does not say how many it may',
    cause: () => {
      const CertificateSummaryList = Array.from({ length: 2_500 }, (_, place) => ({ CertificateArn: `arn:${place}` }));
      account.acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList });
    },
    fix: 'ask for more in Service Quotas',
  },
  {
    check: 'quotaNotAsked',
    severity: 'info',
    when: 'the role may not ask what the account may have',
    cause: () =>
      void account.elb.on(DescribeAccountLimitsCommand).rejects(awsError('AccessDenied', 'Not allowed', 403)),
    fix: /\(Not allowed\)\. Allow the action to see what was granted$/,
  },
];
