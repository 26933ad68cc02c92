import { DescribeAddressesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { document, useDeclaring } from '../../../support/declaring.ts';
import { stored } from '../../../support/stubbed-zone.ts';

const { ledger, ec2, route53, post, started, zoneHolds, loadBalancersAllowed, instanceIs } = useDeclaring();

describe('C9: POST /v1/sites without a plan refuses what no plan could be applied over', () => {
  async function nothingMade(): Promise<void> {
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
    expect(route53.calls().map(({ args }) => args[0].constructor.name)).not.toContain(
      'ChangeResourceRecordSetsCommand',
    );
  }

  test('a load balancer that the account has no room for', async () => {
    loadBalancersAllowed(0);
    const { status, json } = await post();
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:quota-reached',
      errors: [{ detail: expect.stringContaining('the quota of load balancers is 0 and 0 are used') }],
    });
    await nothingMade();
  });

  test.each([
    ['the domain', document.domain, '#/domain'],
    ['an alias', document.aliases[0] ?? '', '#/aliases/0'],
    ['the direct name', document.directName, '#/directName'],
  ])('R6: a foreign record at %s, and points there', async (_, name, pointer) => {
    zoneHolds(stored(name, 'A', '203.0.113.200'));
    const { status, json } = await post();
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:in-the-way',
      errors: [{ pointer, detail: expect.stringContaining('203.0.113.200') }],
    });
    await nothingMade();
  });

  test("B6: but shows nothing of a zone that is not the tenant's before its names are proven", async () => {
    zoneHolds(stored(document.domain, 'A', '203.0.113.200'));
    instanceIs('running', { tenant: 'globex' });
    const { status, json } = await post({ ...document, tenant: 'globex' });
    expect(status).toBe(202);
    expect(JSON.stringify(json)).not.toContain('203.0.113.200');
  });

  test('and accepts the same once the cause is mended, under the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    loadBalancersAllowed(0);
    expect((await post(document, { headers })).status).toBe(409);
    loadBalancersAllowed(1);
    expect((await post(document, { headers })).status).toBe(202);
    expect((await post(document, { headers })).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  test('W7: not the same request again, whose operation runs by now', async () => {
    expect((await post()).status).toBe(202);
    loadBalancersAllowed(0);
    const headers = { 'idempotency-key': 'key-2' };
    expect((await post(document, { headers })).status).toBe(409);
    expect(started()).toHaveLength(1);
  });

  test('answers 503, and makes nothing, while the world cannot be read', async () => {
    ec2.on(DescribeSecurityGroupsCommand).rejects(Object.assign(new Error('slow'), { name: 'RequestLimitExceeded' }));
    ec2.on(DescribeAddressesCommand).rejects(Object.assign(new Error('slow'), { name: 'RequestLimitExceeded' }));
    expect((await post()).status).toBe(503);
    await nothingMade();
  });
});
