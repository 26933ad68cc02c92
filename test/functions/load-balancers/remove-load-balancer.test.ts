import { DeleteLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { handler as removeLoadBalancer } from '../../../functions/load-balancers/remove-load-balancer.ts';
import { arn, useRemoving } from '../../support/removing.ts';
import { awsError, context, event, mutations } from '../../support/steps.ts';

const { elb, loadBalancers, listeners } = useRemoving();

describe('RemoveLoadBalancer', () => {
  test('deletes ours, and nothing the second time', async () => {
    listeners();
    await removeLoadBalancer(event, context);
    loadBalancers();
    await removeLoadBalancer(event, context);
    expect(mutations(elb)).toEqual(['DeleteLoadBalancer']);
  });

  test('leaves one that somebody else listens on', async () => {
    listeners('arn:theirs');
    expect(await removeLoadBalancer(event, context)).toMatchObject({ left: [{ type: 'load balancer', id: arn }] });
    expect(mutations(elb)).toEqual([]);
  });

  test('says what to do about deletion protection', async () => {
    listeners();
    elb.on(DeleteLoadBalancerCommand).rejects(awsError('OperationNotPermitted'));
    await expect(removeLoadBalancer(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Turn it off, then undo again'),
    });
  });
});
