import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetHostedZoneCommand, ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { claimName } from '../../../aws/ledger/claim-name.ts';
import { readPlan } from '../../../aws/ledger/plans.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { PlanView } from '../../../domain/plans/view.ts';
import type { Probes } from '../../../functions/look.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { handler as createSite } from '../../../functions/sites/create-site.ts';
import { aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, ns, soa } from '../../support/name-servers.ts';
import { anOpenAcl } from '../../support/network.ts';
import { seeing } from '../../support/probes.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { awsError, domain, mutations } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const route53 = mockClient(Route53Client);
const acm = mockClient(ACMClient);
const elb = mockClient(ElasticLoadBalancingV2Client);
const states = mockClient(SFNClient);
const mocks = [ec2, route53, acm, elb, states];
const body = { domain, aliases: [`www.${domain}`], origin: { instance: { id: 'i-0123456789abcdef0' } } };

let dns: NameServers;
let zone: StubbedZone;
let probes: Probes;
afterEach(() => dns.stop());

/** An instance, public subnets in two zones, and the zone of the parent, which is delegated. */
beforeEach(async () => {
  for (const mock of mocks) mock.reset();
  const instance = {
    InstanceId: 'i-0123456789abcdef0',
    State: { Name: 'running' as const },
    VpcId: 'vpc-1',
    SubnetId: 'subnet-0000000a',
    PrivateIpAddress: '10.0.0.4',
    PublicIpAddress: '203.0.113.4',
    Placement: { AvailabilityZone: 'us-east-1a' },
    SecurityGroups: [{ GroupId: 'sg-1' }],
  };
  ec2
    .on(DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [instance] }] })
    .on(DescribeSubnetsCommand)
    .resolves({
      Subnets: ['a', 'b'].map((letter) => ({
        SubnetId: `subnet-0000000${letter}`,
        VpcId: 'vpc-1',
        AvailabilityZone: `us-east-1${letter}`,
        AvailableIpAddressCount: 250,
        CidrBlock: `10.0.${letter === 'a' ? 0 : 1}.0/24`,
      })),
    })
    .on(DescribeRouteTablesCommand)
    .resolves({
      RouteTables: [
        {
          Associations: [{ Main: true }],
          Routes: [
            { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
            { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
          ],
        },
      ],
    })
    .on(DescribeNetworkAclsCommand)
    .resolves({ NetworkAcls: [anOpenAcl('subnet-0000000a', 'subnet-0000000b')] })
    .on(DescribeSecurityGroupsCommand)
    .resolves({})
    .on(DescribeAddressesCommand)
    .resolves({});
  acm.on(ListCertificatesCommand).resolves({});
  elb.on(DescribeLoadBalancersCommand).resolves({}).on(DescribeTargetGroupsCommand).resolves({});
  zonesAre('ZEXAMPLE');
  probes = seeing().probes;
  zone = new StubbedZone(route53, [stored('example.test', 'NS', 'ns-1.awsdns-01.com.')]);
  dns = await nameServers();
});

function zonesAre(...ids: string[]): void {
  const HostedZones = ids.map((id) => ({ Id: `/hostedzone/${id}`, Name: 'example.test.', CallerReference: 'theirs' }));
  route53.on(ListHostedZonesCommand).resolves({ HostedZones, IsTruncated: false } as never);
  for (const [place, id] of ids.entries()) {
    route53.on(GetHostedZoneCommand, { Id: id }).resolves({
      HostedZone: { Id: id, Name: 'example.test.', CallerReference: 'theirs', ResourceRecordSetCount: 42 },
      DelegationSet: { NameServers: [`ns-${place + 1}.awsdns-01.com`] },
    });
  }
}

/** The root is the parent, and delegates to the first zone's name server unless told otherwise. */
function nameServers(delegatedTo = ['ns-1.awsdns-01.com']): Promise<NameServers> {
  return NameServers.start({
    '198.41.0.4': ({ name, type }) => {
      if (name.startsWith('ns-')) return { answers: [a(name, '192.0.2.3')] };
      if (type === 'DS' || name === 'test') return { authorities: [soa('')] };
      return { authorities: delegatedTo.map((server) => ns('example.test', server)) };
    },
    '192.0.2.3': () => ({ authorities: [soa('example.test')] }),
  });
}

async function post(document: unknown = body) {
  const handler = createPlan(() => new Resolver({ connect: dns.connect, timeoutMs: 300 }), probes);
  const answer = await handler(aRequest({ method: 'POST', path: '/v1/plans', body: document }), {
    awsRequestId: 'lambda-1',
  } as never);
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') as PlanView & { errors?: object[] } };
}

const checks = ({ findings }: PlanView, severity: string) =>
  findings.filter((finding) => finding.severity === severity).map(({ check }) => check);

describe('POST /v1/plans', () => {
  test('answers with the plan, changes nothing in the world and keeps the plan for a quarter of an hour', async () => {
    const { status, json } = await post();
    expect(status).toBe(200);
    expect(json).toMatchObject({ domain, checksum: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Date.parse(json.expiresAt) - Date.parse(json.createdAt)).toBeGreaterThan(14 * 60_000);
    expect(checks(json, 'info')).toEqual([
      'instanceReachable',
      'zoneDelegated',
      'authorityAllowed',
      'instanceAnswers',
      'subnetsInTwoZones',
    ]);
    expect(json.quotas).toContainEqual({ quota: 'records in "example.test"', used: 42, allowed: 10_000, needs: 8 });
    expect(mutations(...mocks)).toEqual([]);
    expect((await ledger.everything()).map(({ pk }) => pk)).toEqual([`PLAN#${json.id}`]);
    const kept = await readPlan(ledger, json.id, new Date(json.createdAt));
    expect(kept).toMatchObject({ checksum: json.checksum, changes: json.changes });
    expect(await readPlan(ledger, json.id, new Date(json.expiresAt))).toBeUndefined();
  });

  test('answers the same checksum while the world stays as it is', async () => {
    const [first, second] = [await post(), await post()];
    expect(second.json.checksum).toBe(first.json.checksum);
    expect(second.json.id).not.toBe(first.json.id);
  });

  test('refuses what POST /v1/sites refuses, with the same words', async () => {
    const wrong = { ...body, domain: 'co.uk', colour: 'blue' };
    const { status, json } = await post(wrong);
    const site = await createSite(aRequest({ method: 'POST', body: wrong }), { awsRequestId: 'lambda-1' } as never);
    expect([status, json]).toEqual([422, JSON.parse(site.body ?? '')]);
    expect(await ledger.everything()).toEqual([]);
  });

  test('L8: refuses subnets in one zone, as POST /v1/sites does', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({});
    const { status, json } = await post();
    expect([status, json.errors]).toMatchObject([422, [{ pointer: '#/subnets' }]]);
  });

  test('R6: a foreign record is a conflict and an error', async () => {
    zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const { json } = await post();
    expect(checks(json, 'error')).toEqual(['recordInTheWay']);
    expect(json.changes.find(({ verb }) => verb === 'conflict')?.before).toMatchObject({
      records: [{ values: ['203.0.113.200'] }],
    });
  });

  test('A11: says what to enter where when the zone is not delegated', async () => {
    await dns.stop();
    dns = await nameServers([]);
    expect(checks((await post()).json, 'warning')).toEqual(['zoneNotDelegated']);
  });

  test('tells "could not check" apart when no name server answers', async () => {
    await dns.stop();
    dns = await NameServers.start({});
    expect(checks((await post()).json, 'warning')).toEqual([
      'delegationNotChecked',
      'authorizationNotChecked',
      'authorizationNotChecked',
    ]);
  });

  test('R10: two zones of one name that the parent does not tell apart are an error', async () => {
    zonesAre('ZEXAMPLE', 'ZOTHER');
    await dns.stop();
    dns = await nameServers(['ns1.registrar.test']);
    const { json } = await post();
    expect(checks(json, 'error')).toEqual(['twoZonesOfOneName']);
    expect(json.changes[0]).toMatchObject({ verb: 'conflict', before: { candidates: ['ZEXAMPLE', 'ZOTHER'] } });
  });

  test('R10: of two zones of one name takes the one that is delegated', async () => {
    zonesAre('ZEXAMPLE', 'ZOTHER');
    expect((await post()).json.changes[0]).toMatchObject({ verb: 'keep', target: { id: 'ZEXAMPLE' } });
  });

  test('names the site that has a name already', async () => {
    const other = aSettledSiteItem({ site: aSite({ domain: 'other.test', aliases: [`www.${domain}`] }) });
    await writeSite(ledger, other, { over: undefined });
    const claim = { name: `www.${domain}`, domain: 'other.test', request: 'r', claimedAt: other.createdAt };
    await claimName(ledger, claim);
    const { json } = await post();
    expect(checks(json, 'error')).toEqual(['nameTaken']);
  });

  test('A9: counts the certificates of the last year, those that failed or expired too, imported ones not', async () => {
    const now = Date.now();
    const listed = (
      Status: 'FAILED' | 'EXPIRED',
      days: number,
      Type: 'AMAZON_ISSUED' | 'IMPORTED' = 'AMAZON_ISSUED',
    ) => ({
      CertificateArn: `arn:${days}`,
      DomainName: 'a.test',
      Status,
      Type,
      CreatedAt: new Date(now - days * 86_400_000),
    });
    acm.on(ListCertificatesCommand).resolves({
      CertificateSummaryList: [
        listed('FAILED', 1),
        listed('EXPIRED', 300),
        listed('EXPIRED', 400),
        listed('EXPIRED', 2, 'IMPORTED'),
      ],
    });
    const { json } = await post();
    expect(json.quotas).toContainEqual(
      expect.objectContaining({ quota: 'certificates requested in 365 days', used: 2 }),
    );
  });

  test('R3: makes no plan of half a view, and says to try again', async () => {
    elb.on(DescribeLoadBalancersCommand).rejects(awsError('Throttling', 'Rate exceeded'));
    expect((await post()).status).toBe(503);
    expect(await ledger.everything()).toEqual([]);
  });
});

describe('POST /v1/sites with a plan', () => {
  const apply = async (plan: unknown) => {
    const event = aRequest({ method: 'POST', body: { ...body, plan } });
    const answer = await createSite(event, { awsRequestId: 'lambda-1' } as never);
    return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
  };
  const of = ({ id, checksum }: PlanView) => ({ id, checksum });

  test('starts the onboarding when nothing has changed', async () => {
    expect((await apply(of((await post()).json))).status).toBe(202);
  });

  test('refuses when the world has changed, naming what, and writes nothing', async () => {
    const plan = of((await post()).json);
    const before = await ledger.everything();
    zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const { status, json } = await apply(plan);
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:plan-outdated']);
    expect(json.errors).toContainEqual({
      pointer: '#/plan',
      detail: expect.stringMatching(/^record shop\.example\.test: planned nothing, now conflict .*203\.0\.113\.200/),
    });
    expect(await ledger.everything()).toEqual(before);
    expect(mutations(...mocks)).toEqual([]);
  });

  test('refuses a plan with conflicts, another checksum, and one that is not there', async () => {
    const plan = of((await post()).json);
    const gone = { ...plan, id: '0'.repeat(16) };
    expect(await apply(gone)).toMatchObject({ status: 409, json: { type: 'urn:nameplate:problem:plan-gone' } });
    const other = { ...plan, checksum: '0'.repeat(64) };
    expect(await apply(other)).toMatchObject({ status: 409, json: { type: 'urn:nameplate:problem:plan-outdated' } });
    zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const conflicting = of((await post()).json);
    expect(await apply(conflicting)).toMatchObject({
      status: 409,
      json: { type: 'urn:nameplate:problem:plan-conflicts' },
    });
  });

  test('says where the reference is wrong', async () => {
    expect(await apply({ id: 'x' })).toMatchObject({
      status: 422,
      json: { errors: [{ pointer: '#/plan/id' }, { pointer: '#/plan/checksum' }] },
    });
  });
});
