import { DescribeManagedPrefixListsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { client } from '../../../aws/clients.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { judgeRemovals } from '../../../resources/edge-removals/judge.ts';
import { readEdgeRemovals } from '../../../resources/edge-removals/read-edge-removals.ts';
import { anEdge, edgeOutputs, showEdge } from '../../support/edge.ts';
import { aGateScope, now } from '../../support/gate-scope.ts';
import { useLedger } from '../../support/ledger.ts';
import { aLockedSite } from '../../support/locked.ts';
import { aStepItem } from '../../support/site.ts';
import { domain, givenSite, mutations } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
beforeEach(() => {
  elb.reset();
  ec2.reset();
  showEdge({ elb, ec2 });
});

async function given(site: Partial<Site> = {}) {
  await givenSite(ledger, { site, outputs: edgeOutputs });
  return edge();
}

async function edge() {
  const record = await readSite(ledger, domain);
  if (!record) throw new Error('The ledger has no site');
  return { record, site: record.item.site, clients: client, moved: true };
}

const { loadBalancer, secure, plain, group, instanceGroup, address } = anEdge;

describe('C5: what other tools have removed of an edge', () => {
  test('is nothing where all of it is as the steps have left it', async () => {
    expect(await readEdgeRemovals(await given())).toEqual([]);
    expect(mutations(elb, ec2)).toEqual([]);
  });

  test.each([
    [{ loadBalancer: undefined }, 'the load balancer is missing', 'DeleteLoadBalancer'],
    [{ secure: undefined }, 'the listener on port 443 is missing', 'DeleteListener'],
    [{ plain: undefined }, 'the listener on port 80 is missing', 'DeleteListener'],
    [{ secure: { ...secure, DefaultActions: [] } }, 'does not forward to its target group', 'ModifyListener'],
    [{ secure: { ...secure, Certificates: [] } }, 'serves another certificate', 'ModifyListener'],
    [{ plain: { ...plain, DefaultActions: [] } }, 'the listener on port 80 does not redirect', 'ModifyListener'],
    [{ target: undefined }, 'port 80, is not registered in the target group', 'DeregisterTargets'],
    [{ loadBalancer: { ...loadBalancer, SecurityGroups: [] } }, 'not in its security group sg-lb', 'SetSecurityGroups'],
    [
      { group: { ...group, IpPermissions: group.IpPermissions?.slice(0, 1) ?? [] } },
      'sg-lb of the load balancer lacks rules (port 80 from 0.0.0.0/0, port 80 from ::/0)',
      'RevokeSecurityGroupIngress',
    ],
    [
      { instanceGroup: { ...instanceGroup, IpPermissions: [] } },
      'lets the load balancer (sg-lb) in to port 80',
      'RevokeSecurityGroupIngress',
    ],
    [{ address: undefined }, 'the Elastic IP 203.0.113.9 is not associated', 'DisassociateAddress'],
    [{ address: { ...address, PublicIp: '203.0.113.10' } }, '203.0.113.9 is not associated', 'DisassociateAddress'],
  ])('is named with the call that does it (%#)', async (changes, what, call) => {
    const context = await given();
    showEdge({ elb, ec2 }, changes);
    const removals = await readEdgeRemovals(context);
    expect(removals).toEqual([{ what: expect.stringContaining(what), calls: expect.arrayContaining([call]) }]);
  });

  test('is the rule of the lock, and not a default action that answers 403, where the origin is locked', async () => {
    const context = await given(aLockedSite());
    const list = 'com.amazonaws.global.cloudfront.origin-facing';
    const PrefixLists = [{ PrefixListId: 'pl-1', PrefixListName: list }];
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
    ];
    const locked = { plain: undefined, secure: { ...secure, DefaultActions: [] }, group: { ...group, IpPermissions } };
    showEdge({ elb, ec2 }, locked);
    ec2.on(DescribeManagedPrefixListsCommand).resolves({ PrefixLists });
    const HttpHeaderConfig = { HttpHeaderName: 'X-Nameplate-Origin', Values: ['secret'] };
    const Conditions = [{ Field: 'http-header', HttpHeaderConfig }];
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ Conditions, Actions: secure.DefaultActions ?? [] }] });
    expect(await readEdgeRemovals(context)).toEqual([]);
    elb.on(DescribeRulesCommand).resolves({ Rules: [] });
    expect(await readEdgeRemovals(context)).toEqual([
      { what: expect.stringContaining('the rule on port 443'), calls: ['DeleteRule', 'ModifyRule'] },
    ]);
    showEdge({ elb, ec2 }, { ...locked, group: { ...group, IpPermissions: [] } });
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ Conditions, Actions: secure.DefaultActions ?? [] }] });
    expect(await readEdgeRemovals(context)).toMatchObject([{ what: expect.stringContaining(`port 443 from ${list}`) }]);
  });

  test('is no default action before the move where the rule of a lock, which the move takes off, still forwards', async () => {
    const { record, ...context } = await given();
    const made: Made = { type: 'listener rule', id: 'arn:443 X-Nameplate-Origin', ours: true };
    const unlocking = {
      ...context,
      record: { ...record, steps: [...record.steps, aStepItem('AttachCertificate', { made: [made] })] },
    };
    showEdge({ elb, ec2 }, { secure: { ...secure, DefaultActions: [] } });
    const HttpHeaderConfig = { HttpHeaderName: 'X-Nameplate-Origin', Values: ['secret'] };
    const Conditions = [{ Field: 'http-header', HttpHeaderConfig }];
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ Conditions, Actions: secure.DefaultActions ?? [] }] });
    expect(await readEdgeRemovals({ ...unlocking, moved: false })).toEqual([]);
    expect(await readEdgeRemovals({ ...unlocking, moved: true })).toMatchObject([
      { what: 'the listener on port 443 does not forward to its target group' },
    ]);
  });

  test('is no other default certificate before the listener was moved', async () => {
    const context = await given();
    showEdge({ elb, ec2 }, { secure: { ...secure, Certificates: [] } });
    expect(await readEdgeRemovals({ ...context, moved: false })).toEqual([]);
  });

  test('is a target group that was deleted', async () => {
    const context = await given();
    elb.on(DescribeTargetHealthCommand).rejects(new TargetGroupNotFoundException({ message: 'no', $metadata: {} }));
    expect(await readEdgeRemovals(context)).toMatchObject([{ what: 'the target group is missing' }]);
  });

  test('is not what the site does not have: port 80 that rejects, a load balancer of a direct site', async () => {
    showEdge({ elb, ec2 }, { plain: undefined });
    expect(await readEdgeRemovals(await given({ http: 'reject' }))).toEqual([]);
  });

  test('is the address alone where viewers come to the instance', async () => {
    const context = await given({ edge: 'direct' });
    showEdge({ elb, ec2 }, { loadBalancer: undefined, secure: undefined, address: undefined });
    expect(await readEdgeRemovals(context)).toMatchObject([{ what: expect.stringContaining('203.0.113.9') }]);
    expect(elb.calls()).toEqual([]);
  });
});

describe('judgeRemovals()', () => {
  const removals = [
    { what: 'the listener on port 80 is missing', calls: ['DeleteListener'] },
    { what: 'the listener on port 443 is missing', calls: ['DeleteListener'] },
  ];
  const createdAgo = (seconds: number) => [
    aStepItem('CreateHttpListener', { endedAt: new Date(now.getTime() - seconds * 1000).toISOString() }),
  ];
  const judged = (changes: Parameters<typeof aGateScope>[0], seen = removals) => {
    const { record, restored } = aGateScope(changes);
    if (!record) throw new Error('The ledger has no site');
    return judgeRemovals(seen, { record, restored, now });
  };

  test('C5: sends the workflow back the first time', () => {
    expect(judged({})).toEqual({
      state: 'redo',
      message:
        'The listener on port 80 is missing, and the listener on port 443 is missing: another tool (Terraform, CloudFormation, a clean-up job) may have done that; CloudTrail says who (DeleteListener). Restoring it, once',
    });
  });

  test('C5: says the second time who it may be and how to go on', () => {
    expect(judged({ restored: true })).toMatchObject({
      state: 'ailing',
      message: expect.stringMatching(
        /is missing again, after it was restored once: another tool .*\(DeleteListener\)\. Have that tool leave it alone/,
      ),
      failure: expect.stringMatching(/Then declare the site again$/),
    });
  });

  test('A5: waits for half a minute for AWS to return what was just created', () => {
    expect(judged({ steps: createdAgo(29) })).toMatchObject({ state: 'closed' });
    expect(judged({ steps: createdAgo(31) })).toMatchObject({ state: 'redo' });
    expect(judged({ steps: createdAgo(0) }, [])).toBeUndefined();
  });
});
