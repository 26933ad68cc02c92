import { DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { beforeEach, expect, test } from '@jest/globals';
import { resourceName } from '../../../domain/ownership.ts';
import { handler } from '../../../functions/sites/check-removal.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { arn } from '../../support/removing.ts';
import { context, domain, event, givenSite, mutations, ownTags } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const { acm, ec2, elb, route53 } = useEmptyAccount();
const undo = { name: 'undo', execution: 'shop_example_test-r1-undo', startedAt: '2026-11-22T12:00:00.000Z' } as const;

/** The site's load balancer with a listener, and an address of its own. */
beforeEach(() => {
  const named = { LoadBalancerArn: arn, LoadBalancerName: resourceName(domain), Type: 'application' as const };
  elb
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ ...named, DNSName: 'np-1.elb.amazonaws.com' }] })
    .on(DescribeListenersCommand)
    .resolves({ Listeners: [{ ListenerArn: 'arn:443', Port: 443, Protocol: 'HTTPS' }] })
    .on(DescribeTagsCommand)
    .callsFake(({ ResourceArns }: { ResourceArns: string[] }) => ({
      TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: ownTags })),
    }));
  ec2
    .on(DescribeAddressesCommand)
    .resolves({ Addresses: [{ AllocationId: 'eipalloc-1', PublicIp: '203.0.113.7', Tags: ownTags }] });
  zonesAre();
});

/** A zone of others with these records. */
function zonesAre(...sets: ReturnType<typeof stored>[]): void {
  const HostedZones = [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'theirs' }];
  route53.on(ListHostedZonesCommand).resolves({ HostedZones, IsTruncated: false } as never);
  new StubbedZone(route53, sets);
}

const undoing = (retains: string[] = []) => givenSite(ledger, { item: { operation: { ...undo, retains } } });

test('CheckRemoval goes on when nothing of others is attached, and changes nothing', async () => {
  await undoing();
  expect(await handler(event, context)).toEqual({ retained: [] });
  expect(mutations(acm, ec2, elb, route53)).toEqual([]);
});

test('C3: CheckRemoval stops before the first removal and names all that others attached, with the fix', async () => {
  await undoing();
  elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:rule', IsDefault: false }] });
  elb
    .on(DescribeLoadBalancerAttributesCommand)
    .resolves({ Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] });
  zonesAre(stored('blog.example.test', 'A', '203.0.113.7'));
  const failure = await handler(event, context).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: 'Conflict' });
  for (const said of [
    'Nothing was removed',
    'Retain the listener arn:443: others added rules to it, which would be deleted with it: arn:rule',
    `Retain the load balancer ${arn}: a listener stays on it. Delete that one; its deletion protection is on. Turn it off`,
    'Retain the elastic address eipalloc-1: blog.example.test A 203.0.113.7 in the hosted zone "example.test" (ZEXAMPLE) leads to it',
  ])
    expect((failure as Error).message).toContain(said);
});

test('C3: CheckRemoval names what else keeps a load balancer that a record of others leads to, in the same round', async () => {
  await undoing();
  elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:rule', IsDefault: false }] });
  elb
    .on(DescribeLoadBalancerAttributesCommand)
    .resolves({ Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] });
  zonesAre(stored('blog.example.test', 'CNAME', 'np-1.elb.amazonaws.com.'));
  const failure = await handler(event, context).catch((error: Error) => error);
  const { message } = failure as Error;
  for (const said of [
    'leads to it',
    'deletion protection is on',
    'others added rules to it',
    'Have them lead elsewhere',
  ])
    expect(message).toContain(said);
  expect(message).not.toContain('a listener stays on it');
});

test.each(['np-1.elb.amazonaws.com.', 'dualstack.np-1.elb.amazonaws.com.'])(
  'C3: CheckRemoval retains a load balancer that a record of others leads to as %s, once that is approved',
  async (value) => {
    zonesAre(stored('blog.example.test', 'CNAME', value));
    await undoing([arn, 'arn:443']);
    const why = expect.stringContaining(`blog.example.test CNAME ${value.replace(/\.$/, '')} in the hosted zone`);
    expect(await handler(event, context)).toEqual({
      retained: [{ type: 'load balancer', id: arn, why, serves: true }],
    });
  },
);

test('C3: CheckRemoval stops at what is attached since the approval', async () => {
  elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:rule', IsDefault: false }] });
  await undoing([arn, 'eipalloc-1']);
  await expect(handler(event, context)).rejects.toMatchObject({
    name: 'Conflict',
    message: expect.stringContaining('the listener arn:443'),
  });
});
