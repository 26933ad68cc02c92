import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/target.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, changing, context, givenSite, mutations, stood } from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'release' as const };
const elb = mockClient(ElasticLoadBalancingV2Client);
const wanted = { Id: 'i-0123456789abcdef0', Port: 80 };

beforeEach(() => {
  elb.reset();
  elb.on(DeregisterTargetsCommand).resolves({});
});

const targets = (...found: { Id: string; Port: number; State?: string }[]) =>
  elb.on(DescribeTargetHealthCommand).resolves({
    TargetHealthDescriptions: found.map(({ State = 'healthy', ...Target }) => ({
      Target,
      TargetHealth: { State: State as 'healthy' },
    })),
  });

test('RemoveTargets takes out every instance and port that is no longer declared, and leaves the one that is', async () => {
  await givenSite(ledger, { item: changing, outputs: stood });
  targets(wanted, { Id: 'i-old', Port: 80 }, { ...wanted, Port: 8080 });
  await handler(event, context);
  expect(elb.commandCalls(DeregisterTargetsCommand).map(({ args }) => args[0].input)).toEqual([
    { TargetGroupArn: 'arn:tg', Targets: [{ Id: 'i-old', Port: 80 }] },
    { TargetGroupArn: 'arn:tg', Targets: [{ ...wanted, Port: 8080 }] },
  ]);
});

test('RemoveTargets changes nothing when it runs again: what drains is on its way out', async () => {
  await givenSite(ledger, { item: changing, outputs: stood });
  targets(wanted, { Id: 'i-old', Port: 80, State: 'draining' });
  await handler(event, context);
  expect(mutations(elb)).toEqual([]);
});

test('RemoveTargets has nothing to do without a load balancer', async () => {
  await givenSite(ledger, {
    site: { edge: 'direct' },
    item: changing,
    outputs: { ReserveAddress: { address: '203.0.113.7' } },
  });
  await handler(event, context);
  expect(elb.calls()).toEqual([]);
});

test('RemoveTargets lets go of nothing before the change has put up what is declared', async () => {
  const { CreateTargetGroup: _, ...outputs } = stood;
  await givenSite(ledger, { item: changing, outputs });
  await expect(handler(event, context)).rejects.toThrow('Cannot read what "CreateTargetGroup" left');
  expect(elb.calls()).toEqual([]);
});
