import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetAccountLimitCommand,
  GetHostedZoneLimitCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { claimName } from '../../../aws/ledger/claim-name.ts';
import { readPlan } from '../../../aws/ledger/plans.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { PlanView } from '../../../domain/plans/view.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { createSite } from '../../../functions/sites/create-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { awsError, domain, mutations } from '../../support/steps.ts';
import { stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(() => account.reset());
afterEach(() => account.stop());

const checks = ({ findings }: PlanView, severity: string) =>
  findings.filter((finding) => finding.severity === severity).map(({ check }) => check);

describe('POST /v1/plans', () => {
  test('answers with the plan, changes nothing in the world and keeps the plan for a quarter of an hour', async () => {
    const { status, json } = await account.plan();
    expect(status).toBe(200);
    expect(json).toMatchObject({ domain, checksum: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Date.parse(json.expiresAt) - Date.parse(json.createdAt)).toBeGreaterThan(14 * 60_000);
    expect(checks(json, 'info')).toEqual([
      'instanceReachable',
      'zoneDelegated',
      'authorityAllowed',
      'originAnswers',
      'subnetsInTwoZones',
    ]);
    expect(json.quotas).toContainEqual({
      quota: 'records in "example.test"',
      used: 42,
      allowed: 10_000,
      granted: true,
      needs: 8,
    });
    expect(mutations(...account.mocks)).toEqual([]);
    expect((await ledger.everything()).map(({ pk }) => pk)).toEqual([`PLAN#${json.id}`]);
    const kept = await readPlan(ledger, json.id, new Date(json.createdAt));
    expect(kept).toMatchObject({ checksum: json.checksum, changes: json.changes });
    expect(await readPlan(ledger, json.id, new Date(json.expiresAt))).toBeUndefined();
  });

  test('answers the same checksum while the world stays as it is', async () => {
    const [first, second] = [await account.plan(), await account.plan()];
    expect(second.json.checksum).toBe(first.json.checksum);
    expect(second.json.id).not.toBe(first.json.id);
  });

  test('B4: plans nothing over a site of another tenant, and shows nothing of it', async () => {
    const site = aSite({ tenant: 'acme', dns: 'external' });
    await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
    const { status, json } = await account.plan({ ...document, tenant: 'globex' });
    expect([status, (json as { type?: string }).type]).toEqual([409, 'urn:nameplate:problem:name-taken']);
    expect([account.ec2.calls(), account.route53.calls()]).toEqual([[], []]);
  });

  test("B4: S2: lists the proof of the names in a zone that is not the tenant's", async () => {
    account.instanceIs({ Tags: [{ Key: 'nameplate:tenant', Value: 'acme' }] });
    account.route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags: [] } } as never);
    const proof = { name: `_nameplate-challenge.${domain}`, type: 'TXT', for: 'ownership' };
    expect((await account.plan({ ...document, tenant: 'acme' })).json.records).toMatchObject([proof]);
    expect((await account.plan()).json.records).toBeUndefined();
    const Tags = [{ Key: 'nameplate:tenant', Value: 'acme' }];
    account.route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags } } as never);
    expect((await account.plan({ ...document, tenant: 'acme' })).json.records).toBeUndefined();
  });

  test('refuses what POST /v1/sites refuses, with the same words', async () => {
    const wrong = { ...document, domain: 'co.uk', colour: 'blue' };
    const { status, json } = await account.plan(wrong);
    const site = await createSite(account.newResolver, account.survey)(
      aRequest({ method: 'POST', body: wrong }),
      apiContext,
    );
    expect([status, json]).toEqual([422, JSON.parse(site.body ?? '')]);
    expect(await ledger.everything()).toEqual([]);
  });

  test('L8: refuses subnets in one zone, as POST /v1/sites does', async () => {
    account.ec2.on(DescribeSubnetsCommand).resolves({});
    const { status, json } = await account.plan();
    expect([status, json.errors]).toMatchObject([422, [{ pointer: '#/subnets' }]]);
  });

  test('C6: says that the auto-assigned address is lost for good, and which records lead to it', async () => {
    account.zone.sets.push(stored('blog.example.test', 'A', '203.0.113.4'));
    const { json } = await account.plan({ ...document, directName: `direct.${domain}` });
    const records = ['blog.example.test A 203.0.113.4 in the hosted zone "example.test" (ZEXAMPLE)'];
    expect(json.changes.find(({ resource }) => resource.type === 'elastic address')).toMatchObject({
      before: { publicAddress: '203.0.113.4', records },
      message: expect.stringContaining(
        `for good when the Elastic IP is associated, and no undo brings it back. It is where these lead: ${records[0]}`,
      ),
    });
    expect(checks(json, 'warning')).toContain('publicAddressIsLost');
  });

  test('R6: a foreign record is a conflict and an error', async () => {
    account.zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const { json } = await account.plan();
    expect(checks(json, 'error')).toEqual(['recordInTheWay']);
    expect(json.changes.find(({ verb }) => verb === 'conflict')?.before).toMatchObject({
      records: [{ values: ['203.0.113.200'] }],
    });
  });

  test('A11: says what to enter where when the zone is not delegated', async () => {
    await account.delegatedTo();
    expect(checks((await account.plan()).json, 'warning')).toEqual(['zoneNotDelegated']);
  });

  test('tells "could not check" apart when no name server answers', async () => {
    await account.dnsSays({});
    expect(checks((await account.plan()).json, 'warning')).toEqual([
      'delegationNotChecked',
      'authorizationNotChecked',
      'authorizationNotChecked',
    ]);
  });

  test('R10: two zones of one name that the parent does not tell apart are an error', async () => {
    account.zonesAre('ZEXAMPLE', 'ZOTHER');
    await account.delegatedTo('ns1.registrar.test');
    const { json } = await account.plan();
    expect(checks(json, 'error')).toEqual(['twoZonesOfOneName']);
    expect(json.changes[0]).toMatchObject({ verb: 'conflict', before: { candidates: ['ZEXAMPLE', 'ZOTHER'] } });
  });

  test('R10: of two zones of one name takes the one that is delegated', async () => {
    account.zonesAre('ZEXAMPLE', 'ZOTHER');
    expect((await account.plan()).json.changes[0]).toMatchObject({ verb: 'keep', resource: { id: 'ZEXAMPLE' } });
  });

  test('names the site that has a name already', async () => {
    const other = aSettledSiteItem({ site: aSite({ domain: 'other.test', aliases: [`www.${domain}`] }) });
    await writeSite(ledger, other, { over: undefined });
    const claim = { name: `www.${domain}`, domain: 'other.test', request: 'r', claimedAt: other.createdAt };
    await claimName(ledger, claim);
    const { json } = await account.plan();
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
    account.acm.on(ListCertificatesCommand).resolves({
      CertificateSummaryList: [
        listed('FAILED', 1),
        listed('EXPIRED', 300),
        listed('EXPIRED', 400),
        listed('EXPIRED', 2, 'IMPORTED'),
      ],
    });
    const { json } = await account.plan();
    expect(json.quotas).toContainEqual(
      expect.objectContaining({ quota: 'certificates requested in 365 days', used: 2 }),
    );
  });

  test('A9, R21: asks AWS what the account may have of what is made, and of nothing else', async () => {
    account.grants({ loadBalancers: 120, addresses: 9, zones: 7, records: 25_000 });
    const { json } = await account.plan({ ...document, directName: `direct.${domain}` });
    const granted = json.quotas.filter((quota) => quota.granted).map(({ quota, allowed }) => [quota, allowed]);
    expect(granted).toEqual([
      ['load balancers', 120],
      ['elastic addresses', 9],
      ['records in "example.test"', 25_000],
    ]);
    expect(account.route53.commandCalls(GetAccountLimitCommand)).toEqual([]);
  });

  test('shows what AWS allows by default where it denies to tell, and says so; another failure makes no plan', async () => {
    const why = 'User: arn:role is not authorized to perform: route53:GetHostedZoneLimit.';
    account.route53.on(GetHostedZoneLimitCommand).rejects(awsError('AccessDenied', why, 403));
    const { json } = await account.plan();
    expect(json.quotas).toContainEqual(expect.objectContaining({ allowed: 10_000, granted: false, used: 42 }));
    expect(json.findings.find(({ check }) => check === 'quotaNotAsked')?.message).toContain(
      '(User: arn:role is not authorized to perform: route53:GetHostedZoneLimit). Allow the action',
    );
    account.route53.on(GetHostedZoneLimitCommand).rejects(awsError('Throttling', 'Rate exceeded'));
    expect((await account.plan()).status).toBe(503);
  });

  test('R3: makes no plan of half a view, and says to try again', async () => {
    account.elb.on(DescribeLoadBalancersCommand).rejects(awsError('Throttling', 'Rate exceeded'));
    expect((await account.plan()).status).toBe(503);
    expect(await ledger.everything()).toEqual([]);
  });
});

describe('POST /v1/sites with a plan', () => {
  const apply = async (plan: unknown, other: object = {}) => {
    const event = aRequest({ method: 'POST', body: { ...document, ...other, plan } });
    const answer = await createSite(account.newResolver, account.survey)(event, apiContext);
    return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
  };
  const of = ({ id, checksum }: PlanView) => ({ id, checksum });

  test('starts the onboarding when nothing has changed', async () => {
    expect((await apply(of((await account.plan()).json))).status).toBe(202);
  });

  test('refuses when the world has changed, naming what, and writes nothing', async () => {
    const plan = of((await account.plan()).json);
    const before = await ledger.everything();
    account.zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const { status, json } = await apply(plan);
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:plan-outdated']);
    expect(json.errors).toContainEqual({
      pointer: '#/plan',
      detail: expect.stringMatching(/^record shop\.example\.test: planned nothing, now conflict .*203\.0\.113\.200/),
    });
    expect(await ledger.everything()).toEqual(before);
    expect(mutations(...account.mocks)).toEqual([]);
  });

  test('R21: refuses what AWS says the account has no room for, and not what it only allows by default', async () => {
    account.grants({ loadBalancers: 0, records: 45 });
    const { status, json } = await apply(of((await account.plan()).json));
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:quota-reached']);
    expect(json.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      expect.stringContaining('the quota of load balancers is 0 and 0 are used'),
      expect.stringContaining('the quota of records in "example.test" is 45 and 42 are used'),
    ]);
    expect(mutations(...account.mocks)).toEqual([]);
    account.grants({});
    account.acm
      .on(ListCertificatesCommand)
      .resolves({ CertificateSummaryList: Array.from({ length: 2_500 }, () => ({})) });
    expect((await apply(of((await account.plan()).json))).status).toBe(202);
  });

  test('refuses a plan with conflicts, another checksum, and one that is not there', async () => {
    const plan = of((await account.plan()).json);
    const gone = { ...plan, id: '0'.repeat(16) };
    expect(await apply(gone)).toMatchObject({ status: 409, json: { type: 'urn:nameplate:problem:plan-gone' } });
    const other = { ...plan, checksum: '0'.repeat(64) };
    expect(await apply(other)).toMatchObject({ status: 409, json: { type: 'urn:nameplate:problem:plan-outdated' } });
    account.zone.sets.push(stored(domain, 'A', '203.0.113.200'));
    const conflicting = of((await account.plan()).json);
    expect(await apply(conflicting)).toMatchObject({
      status: 409,
      json: { type: 'urn:nameplate:problem:plan-conflicts' },
    });
  });

  test('B7: refuses a plan that was made for another document, naming each field, though the changes are equal', async () => {
    const plan = of((await account.plan()).json);
    const before = await ledger.everything();
    const { status, json } = await apply(plan, { onFailure: 'undo', adopt: true });
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:plan-for-another-document',
      errors: [
        { pointer: '#/onFailure', detail: '"onFailure" is "undo" in this document and not given in the planned one' },
        { pointer: '#/adopt' },
      ],
    });
    expect(await ledger.everything()).toEqual(before);
    expect(mutations(...account.mocks)).toEqual([]);
    expect((await apply(plan)).status).toBe(202);
  });

  test('B7: applies a plan to the same document with its blocks in another order', async () => {
    const plan = of((await account.plan({ ...document, access: ['0.0.0.0/0', '::/0'] })).json);
    expect((await apply(plan, { access: ['::/0', '0.0.0.0/0'] })).status).toBe(202);
  });

  test('says where the reference is wrong', async () => {
    expect(await apply({ id: 'x' })).toMatchObject({
      status: 422,
      json: { errors: [{ pointer: '#/plan/id' }, { pointer: '#/plan/checksum' }] },
    });
  });
});
