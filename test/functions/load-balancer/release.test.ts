import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  ListenerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { handler as removeLoadBalancer } from '../../../functions/resources/load-balancer.ts';
import { about, arn, useRemoving } from '../../support/removing.ts';
import { event as anEvent, awsError, context, givenStep, mutations, ownTags } from '../../support/steps.ts';

const { ledger, elb, listeners, tags } = useRemoving();
const event = { ...anEvent, phase: 'release' as const };

describe('RemoveLoadBalancer', () => {
  test('deletes ours', async () => {
    listeners();
    await removeLoadBalancer(event, context);
    expect(mutations(elb)).toEqual(['DeleteLoadBalancer']);
  });

  test('leaves one that somebody else listens on', async () => {
    listeners('arn:theirs');
    expect(await removeLoadBalancer(event, context)).toMatchObject({ left: [{ type: 'load balancer', id: arn }] });
    expect(mutations(elb)).toEqual([]);
  });

  test('waits while ELB still shows a listener of ours, which is gone already', async () => {
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    await expect(removeLoadBalancer(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('still shows the listener on port 443 of np.elb.test'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('deletes ours where ELB lists a listener that it does not find any more', async () => {
    listeners('arn:443', 'arn:80');
    tags({ [arn]: ownTags });
    elb
      .on(DescribeTagsCommand, { ResourceArns: ['arn:443', 'arn:80'] })
      .rejects(new ListenerNotFoundException(about))
      .on(DescribeTagsCommand, { ResourceArns: ['arn:443'] })
      .rejects(new ListenerNotFoundException(about))
      .on(DescribeTagsCommand, { ResourceArns: ['arn:80'] })
      .rejects(new ListenerNotFoundException(about));
    await removeLoadBalancer(event, context);
    expect(mutations(elb)).toEqual(['DeleteLoadBalancer']);
  });

  test('C3: leaves one that is protected from deletion, and says what to do', async () => {
    listeners();
    elb
      .on(DescribeLoadBalancerAttributesCommand)
      .resolves({ Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] });
    const left = [{ type: 'load balancer', id: arn, why: expect.stringContaining('Turn it off, then try again') }];
    expect(await removeLoadBalancer(event, context)).toEqual({ left });
    expect(mutations(elb)).toEqual([]);
  });

  test.each([
    ['OperationNotPermitted', 'deletion protection is on'],
    ['ResourceInUse', 'another service of AWS uses it'],
  ])('C3: leaves one that ELB refuses to delete after all, by %s', async (code, why) => {
    listeners();
    elb.on(DeleteLoadBalancerCommand).rejects(awsError(code));
    const left = [{ type: 'load balancer', id: arn, why: expect.stringContaining(why) }];
    expect(await removeLoadBalancer(event, context)).toEqual({ left });
  });

  test('C3: leaves one with a listener of ours that others added rules to', async () => {
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    await givenStep(ledger, {
      name: 'RemoveListeners',
      output: { left: [{ type: 'listener', id: 'arn:443', why: 'others added rules to it' }] },
    });
    expect(await removeLoadBalancer(event, context)).toMatchObject({ left: [{ type: 'load balancer', id: arn }] });
    expect(mutations(elb)).toEqual([]);
  });
});
