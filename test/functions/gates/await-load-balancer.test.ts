import { EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
  TargetGroupNotFoundException,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { awaitLoadBalancer, handler } from '../../../functions/gates/await-load-balancer.ts';
import { anEdge, edgeOutputs, showEdge } from '../../support/edge.ts';
import { useLedger } from '../../support/ledger.ts';
import { aServedCertificate, seeing as probesSeeing } from '../../support/probes.ts';
import { context, event, givenSite, givenStep, mutations, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
beforeEach(async () => {
  elb.reset();
  ec2.reset();
  showEdge({ elb, ec2 });
  await givenSite(ledger, { outputs: edgeOutputs });
});

const seeing = (Code: 'provisioning' | 'active' | 'failed', health: TargetHealth) =>
  elb
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ ...anEdge.loadBalancer, State: { Code } }] })
    .on(DescribeTargetHealthCommand)
    .resolves({
      TargetHealthDescriptions: [{ Target: { Id: 'i-0123456789abcdef0', Port: 80 }, TargetHealth: health }],
    });
const ill: TargetHealth = { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
const began = (minutesAgo: number, looks = 20) =>
  givenStep(ledger, {
    name: 'AwaitLoadBalancer',
    state: 'waiting',
    startedAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    looks,
  });

describe('AwaitLoadBalancer', () => {
  test('L13: goes on when the load balancer is active and finds the instance healthy', async () => {
    seeing('active', { State: 'healthy' });
    await handler(event, context);
    expect(await theStep(ledger, 'AwaitLoadBalancer')).toMatchObject({ state: 'done' });
    expect(mutations(elb)).toEqual([]);
  });

  test('waits while it is made, and L10: while it does not show', async () => {
    seeing('provisioning', { State: 'initial' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    const endedAt = new Date().toISOString();
    await givenStep(ledger, { name: 'AttachCertificate', endedAt, output: edgeOutputs.AttachCertificate });
    elb.on(DescribeLoadBalancersCommand).rejects(new LoadBalancerNotFoundException({ message: 'no', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    elb.on(DescribeTargetHealthCommand).rejects(new TargetGroupNotFoundException({ message: 'no', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('L13: says what to look at while the instance is unhealthy', async () => {
    seeing('active', ill);
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect((await theStep(ledger, 'AwaitLoadBalancer')).waitingFor).toContain('(Target.Timeout: Request timed out)');
  });

  describe('C2: a web server that refuses what the health check sends', () => {
    const mismatch = {
      State: 'unhealthy' as const,
      Reason: 'Target.ResponseCodeMismatch' as const,
      Description: 'Health checks failed with these codes: [400]',
    };
    const answering = (status: number) => {
      const page = { status, body: '' };
      const { probes, looked } = probesSeeing({ secure: async () => ({ served: aServedCertificate(), page }) });
      const dns = { addresses: async () => ['203.0.113.7'] } as unknown as Resolver;
      return { looked, run: () => awaitLoadBalancer(() => dns, probes)(event, context) };
    };

    test('is told apart where it answers under the name', async () => {
      seeing('active', mismatch);
      await expect(answering(200).run()).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringMatching(
          /\[400\]\)\. Its web server answers "\/" with 200 under "shop\.example\.test", and not under its own address, .*allow that Host .*or declare a healthPath/,
        ),
      });
    });

    test('gets the usual advice where it answers neither, and is not asked while the load balancer is made', async () => {
      seeing('active', mismatch);
      const usual = { message: expect.stringContaining('with a status from 200 to 399') };
      await expect(answering(400).run()).rejects.toMatchObject(usual);
      seeing('provisioning', mismatch);
      const { looked, run } = answering(200);
      await expect(run()).rejects.toMatchObject(usual);
      expect(looked).toEqual([]);
    });
  });

  test('C2: does not ask under the name while an earlier target group answers there', async () => {
    const TargetGroups = ['arn:former', 'arn:tg'].map((TargetGroupArn, place) => ({
      TargetGroupArn,
      Weight: 1 - place,
    }));
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups } }];
    elb.on(DescribeListenersCommand).resolves({ Listeners: [{ ...anEdge.secure, DefaultActions }, anEdge.plain] });
    seeing('active', { State: 'unhealthy', Reason: 'Target.ResponseCodeMismatch' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(mutations(elb)).toEqual([]);
  });

  describe('C5: what another tool has changed meanwhile', () => {
    const unused = { State: 'unused' as const, Reason: 'Target.NotInUse' as const };
    const restored = { ...event, restored: true };

    test('has a listener restored once, on a slow look, and then says who it may be and how to go on', async () => {
      seeing('active', unused);
      elb.on(DescribeListenersCommand).resolves({ Listeners: [anEdge.plain] });
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
      await expect(handler(event, context)).rejects.toMatchObject({
        name: 'Missing',
        message: expect.stringContaining('The listener on port 443 is missing'),
      });
      expect(await theStep(ledger, 'AwaitLoadBalancer')).toMatchObject({ state: 'waiting' });
      const again = {
        message: expect.stringMatching(/missing again, .*DeleteListener\)\. Have that tool leave it alone/),
      };
      await expect(handler(restored, context)).rejects.toMatchObject({ name: 'NotReady', ...again });
      await began(6);
      await expect(handler(restored, context)).rejects.toMatchObject({ name: 'Misconfigured', ...again });
    });

    test('goes on to Preflight only with both listeners, whether the instance is healthy or not', async () => {
      seeing('active', { State: 'healthy' });
      elb.on(DescribeListenersCommand).resolves({ Listeners: [anEdge.secure] });
      await expect(handler(event, context)).rejects.toMatchObject({
        name: 'Missing',
        message: expect.stringContaining('The listener on port 80 is missing'),
      });
      await expect(handler(restored, context)).rejects.toMatchObject({ name: 'NotReady' });
    });

    test('has a load balancer and a target group created again that were deleted', async () => {
      showEdge({ elb, ec2 }, { loadBalancer: undefined });
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Missing' });
      showEdge({ elb, ec2 });
      elb.on(DescribeTargetHealthCommand).rejects(new TargetGroupNotFoundException({ message: 'no', $metadata: {} }));
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Missing' });
    });

    test('has the rule restored that lets the load balancer in to the instance', async () => {
      showEdge({ elb, ec2 }, { instanceGroup: { GroupId: 'sg-web' } });
      seeing('active', ill);
      await began(1);
      await expect(handler(event, context)).rejects.toMatchObject({
        name: 'Missing',
        message: expect.stringContaining('lets the load balancer (sg-lb) in to port 80'),
      });
    });

    test('A5: blames no other tool while ELB may not list yet what was just registered', async () => {
      seeing('active', { State: 'initial', Reason: 'Elb.RegistrationInProgress' });
      elb.on(DescribeTargetHealthCommand).resolves({ TargetHealthDescriptions: [] });
      await expect(handler(event, context)).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringMatching(/^Waiting until DescribeTargetHealth returns the instance/),
      });
      await began(1);
      const deregistered = { message: expect.stringContaining('(DeregisterTargets)') };
      await expect(handler(event, context)).rejects.toMatchObject({ name: 'Missing', ...deregistered });
      await expect(handler(restored, context)).rejects.toMatchObject({ name: 'NotReady', ...deregistered });
    });
  });
});
