import {
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { claimName } from '../../../../aws/ledger/claim-name.ts';
import { writeSite } from '../../../../aws/ledger/write-site.ts';
import { chosen, document, useDeclaring } from '../../../support/declaring.ts';
import { anOpenAcl } from '../../../support/network.ts';
import { aSettledSiteItem, aSite } from '../../../support/site.ts';

const { ledger, ec2, instanceIs, post, started } = useDeclaring();

describe('POST /v1/sites refuses', () => {
  /** Nothing was made: not in the ledger, not in AWS. */
  async function nothingMade(): Promise<void> {
    expect(await ledger.everything()).toEqual([]);
    expect(started()).toEqual([]);
  }

  test('everything that the world says against it, at once', async () => {
    instanceIs('stopped');
    const { status, json } = await post({ ...document, aliases: ['www.elsewhere.test'] });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      { pointer: '#/aliases/0', detail: expect.stringMatching(/no public hosted zone for it/) },
      { pointer: '#/origin/instance/id', detail: expect.stringMatching(/it is "stopped"; start it/) },
    ]);
    await nothingMade();
  });

  test('an instance that does not exist', async () => {
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    const { json } = await post();
    expect(json.errors).toEqual([
      {
        pointer: '#/origin/instance/id',
        detail: 'Cannot find the instance "i-0123456789abcdef0" in this account and region; check the id',
      },
    ]);
    await nothingMade();
  });

  test('L8: subnets of another VPC than the instance', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({
      Subnets: chosen.map((SubnetId, n) => ({
        SubnetId,
        VpcId: 'vpc-2',
        AvailabilityZone: `us-east-1${n}`,
        AvailableIpAddressCount: 99,
      })),
    });
    const { status, json } = await post({ ...document, subnets: chosen });
    expect(status).toBe(422);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['#/subnets/0', '#/subnets/1']);
    await nothingMade();
  });

  test('L8: a VPC without public subnets in two zones', async () => {
    ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [] });
    const { json } = await post();
    expect(json.errors).toEqual([{ pointer: '#/subnets', detail: expect.stringMatching(/public subnets/) }]);
    await nothingMade();
  });

  test('an instance that a network ACL keeps the load balancer from', async () => {
    const { Entries = [], ...acl } = anOpenAcl(...chosen);
    const refusing = { Egress: false, RuleNumber: 50, RuleAction: 'deny' as const, Protocol: '6' };
    const rule = { ...refusing, CidrBlock: '10.0.1.0/24', PortRange: { From: 80, To: 80 } };
    ec2.on(DescribeNetworkAclsCommand).resolves({ NetworkAcls: [{ ...acl, Entries: [rule, ...Entries] }] });
    const { status, json } = await post();
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      {
        pointer: '#/origin/instance',
        detail: expect.stringMatching(
          /the inbound rule 50 of the network ACL "acl-1" denies TCP 80 from 10\.0\.1\.0\/24/,
        ),
      },
    ]);
    await nothingMade();
  });

  test('S2: names of another site, and claims none of the others', async () => {
    const blog = aSite({ domain: 'blog.example.test', aliases: ['www.shop.example.test', 'direct.shop.example.test'] });
    await writeSite(ledger, aSettledSiteItem({ site: blog }), { over: undefined });
    const claim = { domain: 'blog.example.test', request: 'request-0', claimedAt: '2026-11-22T12:00:00.000Z' };
    for (const name of blog.aliases) await claimName(ledger, { name, ...claim });
    const before = await ledger.everything();
    const { status, json } = await post();
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:nameplate:problem:name-taken',
      detail:
        'Cannot claim "www.shop.example.test": it belongs to the site "blog.example.test"; take it out of the names of that site (PUT), or leave it out here',
      errors: [{ pointer: '#/aliases/0' }, { pointer: '#/directName' }],
    });
    expect(await ledger.everything()).toEqual(before);
    expect(started()).toEqual([]);
  });
});
