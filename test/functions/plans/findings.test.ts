import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { claimName } from '../../../aws/ledger/claim-name.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { Severity } from '../../../domain/preflight/finding.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, cname, type NameServer, ns, type Said, soa } from '../../support/name-servers.ts';
import { root } from '../../support/paths.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { silent } from '../../support/probes.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';
import { stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(() => account.reset());
afterEach(() => account.stop());

const ROOT = '198.41.0.4';
const OURS = '192.0.2.3';
const OTHER = '192.0.2.9';
const NAMES: Record<string, string> = { 'ns-1.awsdns-01.com': OURS, 'ns-9.old.test': OTHER };
const ds = {
  type: 'DS' as const,
  name: 'example.test',
  data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
};
const caa = (value: string) => ({
  type: 'CAA' as const,
  name: 'example.test',
  data: { flags: 0, tag: 'issue' as const, value },
});

/** The parent delegates "example.test" to these, has these DS records, and our server says this about names in it. */
function dns({
  to = ['ns-1.awsdns-01.com'],
  signed = false,
  zone = () => undefined,
  other = () => ({ authorities: [soa('example.test')] }),
}: {
  to?: string[];
  signed?: boolean;
  zone?: NameServer;
  other?: NameServer;
}): Promise<void> {
  const parent: NameServer = ({ name, type }): Said => {
    const address = NAMES[name];
    if (address !== undefined) return { answers: [a(name, address)] };
    if (name.endsWith('cloudfront.net')) return { rcode: 'NXDOMAIN', authorities: [soa('')] };
    if (type === 'DS') return signed && name === 'example.test' ? { answers: [ds] } : { authorities: [soa('')] };
    if (name === 'test') return { authorities: [soa('')] };
    return { authorities: to.map((server) => ns('example.test', server)) };
  };
  return account.dnsSays({
    [ROOT]: parent,
    [OURS]: (question) => zone(question) ?? { authorities: [soa('example.test')] },
    [OTHER]: other,
  });
}

const refused: Said = { rcode: 'REFUSED', authoritative: false };
const noZone = () => account.zonesAre();
const shop = (server: string): NameServer => {
  return ({ name, type }) =>
    name.endsWith(domain) && type !== 'DS' ? { authorities: [ns(domain, server)] } : undefined;
};
const denied = { Egress: false, RuleNumber: 50, RuleAction: 'deny', Protocol: '6' } as const;
const PORT_80 = { From: 80, To: 80 };

/** What a plan says of the world as it should be. */
const ALL_IS_WELL = ['authorityAllowed', 'instanceAnswers', 'instanceReachable', 'subnetsInTwoZones', 'zoneDelegated'];

interface Cause {
  check: string;
  severity: Severity;
  when: string;
  cause: () => void | Promise<void>;
  /** A part of the fix that the finding names. */
  fix: string | RegExp;
  /** What the site declares besides. */
  site?: object;
}

const CAUSES: Cause[] = [
  {
    check: 'zoneNotDelegated',
    severity: 'warning',
    when: 'the parent has no NS records for the zone',
    cause: () => dns({ to: [] }),
    fix: 'Enter these name servers at your registrar: ns-1.awsdns-01.com',
  },
  {
    check: 'zoneNotDelegated',
    severity: 'warning',
    when: 'a zone is yet to be made',
    cause: async () => {
      noZone();
      await dns({});
    },
    fix: 'Once the hosted zone is made, the site waits and shows its name servers',
  },
  {
    check: 'zonePartlyDelegated',
    severity: 'warning',
    when: 'the parent names a part of the name servers',
    cause: () => account.nameServersAre('ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'),
    fix: 'add at your registrar: ns-2.awsdns-02.net',
  },
  {
    check: 'zoneDelegatedElsewhere',
    severity: 'warning',
    when: 'the parent names somebody else',
    cause: () => dns({ to: ['ns-9.old.test'] }),
    fix: 'Replace all name servers at your registrar by: ns-1.awsdns-01.com',
  },
  {
    check: 'zoneDelegatedToNobody',
    severity: 'warning',
    when: 'a zone is yet to be made where a deleted one left its delegation',
    cause: async () => {
      noZone();
      await dns({ zone: shop('ns-9.old.test'), other: () => refused });
    },
    fix: 'whoever gets a zone on those has the name',
  },
  {
    check: 'nameServersLame',
    severity: 'warning',
    when: 'none of the right name servers answers for the zone',
    cause: () => dns({ zone: () => refused }),
    fix: 'ns-1.awsdns-01.com answers REFUSED without authority',
  },
  {
    check: 'nameServersPartlyLame',
    severity: 'warning',
    when: 'one of the right name servers answers without authority',
    cause: async () => {
      account.nameServersAre('ns-1.awsdns-01.com', 'ns-9.old.test');
      await dns({ to: ['ns-1.awsdns-01.com', 'ns-9.old.test'], other: () => refused });
    },
    fix: 'ns-9.old.test answers REFUSED without authority',
  },
  {
    check: 'delegationNotChecked',
    severity: 'warning',
    when: 'nobody answers',
    cause: () => account.dnsSays({}),
    fix: 'Cannot check the delegation of "example.test" now',
  },
  {
    check: 'unsignedZoneHasDs',
    severity: 'error',
    when: 'the parent has a DS record and the zone is not signed',
    cause: () => dns({ signed: true }),
    fix: 'Remove the DS record at your registrar',
  },
  {
    check: 'twoZonesOfOneName',
    severity: 'error',
    when: 'two zones bear the name and the parent names neither',
    cause: async () => {
      account.zonesAre('ZEXAMPLE', 'ZOTHER');
      await dns({ to: ['ns-9.old.test'] });
    },
    fix: 'Delegate "example.test" to one of them or delete the others',
  },
  {
    check: 'authorityNotAllowed',
    severity: 'error',
    when: 'a CAA record above lets somebody else issue only',
    cause: () =>
      dns({
        zone: ({ name, type }) =>
          name === 'example.test' && type === 'CAA' ? { answers: [caa('letsencrypt.org')] } : undefined,
      }),
    fix: 'Add the record example.test CAA 0 issue "amazon.com"',
  },
  {
    check: 'authorizationNotChecked',
    severity: 'warning',
    when: 'nobody answers for CAA',
    cause: () => dns({ zone: ({ type }) => (type === 'CAA' ? { rcode: 'SERVFAIL' } : undefined) }),
    fix: 'The site checks again before it asks for the certificate',
  },
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
      noZone();
      await dns({
        zone: ({ name, type }) =>
          name === `www.${domain}` && type === 'A' ? { answers: [cname(name, 'd1.cloudfront.net')] } : undefined,
      });
    },
    fix: /"www\.shop\.example\.test" leads to the CloudFront distribution d1\.cloudfront\.net/,
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
    check: 'foreignResourceInTheWay',
    severity: 'error',
    when: 'a security group of our name is not ours',
    cause: () => void account.ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-9' }] }),
    fix: 'Delete it, then declare the site again',
  },
  {
    check: 'quotaReached',
    severity: 'error',
    when: 'the region holds 2,500 certificates',
    cause: () => {
      const CertificateSummaryList = Array.from({ length: 2_500 }, (_, place) => ({ CertificateArn: `arn:${place}` }));
      account.acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList });
    },
    fix: 'ask for more in Service Quotas',
  },
  {
    check: 'networkAclBlocks',
    severity: 'error',
    when: 'a network ACL denies the port to the other subnet',
    cause: () => account.aclIs({ ...denied, CidrBlock: '10.0.1.0/24', PortRange: PORT_80 }),
    fix: 'Add an inbound rule with a lower number that allows it',
  },
  {
    check: 'networkAclBlocks',
    severity: 'error',
    when: 'a network ACL denies the answers',
    cause: () =>
      account.aclIs({ ...denied, Egress: true, CidrBlock: '10.0.0.0/16', PortRange: { From: 32_768, To: 65_535 } }),
    fix: /denies TCP 1024-65535 to 10\.0\.1\.0\/24\. Add an outbound rule/,
  },
  {
    check: 'networkAclShutsViewersOut',
    severity: 'error',
    when: 'a network ACL denies port 443 to everybody',
    cause: () => account.aclIs({ ...denied, CidrBlock: '0.0.0.0/0', PortRange: { From: 443, To: 443 } }),
    fix: /inbound rule 50 of the network ACL "acl-1" denies TCP 443 from 0\.0\.0\.0\/0\. Add an inbound rule/,
  },
  {
    check: 'instanceSilent',
    severity: 'warning',
    when: 'viewers are to come straight to it and it gives no answer',
    cause: () => account.instanceGives(silent('ETIMEDOUT')),
    fix: 'let port 80 in by its security group',
    site: { edge: 'direct' },
  },
  {
    check: 'reachNotChecked',
    severity: 'warning',
    when: 'a network ACL is about a part of the subnet',
    cause: () => account.aclIs({ ...denied, CidrBlock: '10.0.1.128/25', PortRange: PORT_80 }),
    fix: 'look whether the network ACL "acl-1" of "subnet-0000000a" allows inbound TCP 80 from 10.0.1.0/24',
  },
  {
    check: 'routeLeadsElsewhere',
    severity: 'warning',
    when: 'a route leads over an appliance',
    cause: () => account.routesAre({ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9' }),
    fix: 'see to it that this lets the load balancer through',
  },
  {
    check: 'routeLeadsNowhere',
    severity: 'error',
    when: 'a route leads to what is gone',
    cause: () =>
      account.routesAre({ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9', State: 'blackhole' }),
    fix: 'Remove that route',
  },
  {
    check: 'instanceAnswersWrongly',
    severity: 'warning',
    when: 'the web server answers 404',
    cause: () => account.instanceGives(async () => ({ status: 404, body: '' })),
    fix: 'declare another healthPath',
  },
  {
    check: 'instanceDoesNotListen',
    severity: 'warning',
    when: 'the port is closed',
    cause: () => account.instanceGives(silent('ECONNREFUSED')),
    fix: 'start its web server there, or declare the port it listens on',
  },
  {
    check: 'instanceNotProbed',
    severity: 'info',
    when: 'the security group lets nobody in',
    cause: () => account.instanceGives(silent('ETIMEDOUT')),
    fix: 'Cannot see from here whether port 80',
  },
];

describe('the findings of a plan', () => {
  test('say that all is well when it is', async () => {
    const { json } = await account.plan();
    expect(json.findings.map(({ check }) => check).sort()).toEqual(ALL_IS_WELL);
  });

  test.each(CAUSES)('$check, $severity: when $when', async ({ check, severity, cause, fix, site = {} }) => {
    const declared = { ...document, ...site };
    const before = await account.plan(declared);
    await cause();
    const { json } = await account.plan(declared);
    const found = json.findings.filter((finding) => finding.check === check);
    expect(found[0]).toMatchObject({ severity });
    expect(found.map(({ message }) => message).join('\n')).toEqual(
      typeof fix === 'string' ? expect.stringContaining(fix) : expect.stringMatching(fix),
    );
    expect(before.json.findings.filter((finding) => finding.check === check)).toEqual([]);
  });

  test('are all among these', () => {
    const sources = globSync('domain/preflight/*.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const named = sources.flatMap((source) =>
      [
        ...source.matchAll(/check: (?:type === 'record' \? '(\w+)' : )?'(\w+)'|\['(?:info|warning|error)', '(\w+)'\]/g),
      ].flatMap(([, ...checks]) => checks.filter((check) => check !== undefined)),
    );
    const tried = [...ALL_IS_WELL, ...CAUSES.map(({ check }) => check)];
    expect([...new Set(named)].sort()).toEqual([...new Set(tried)].sort());
  });
});
