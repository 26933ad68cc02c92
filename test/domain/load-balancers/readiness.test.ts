import { describe, expect, test } from '@jest/globals';
import { type EdgeHealth, readiness } from '../../../domain/load-balancers/readiness.ts';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { aSite } from '../../support/site.ts';

const origin = originOf(aSite({ origin: { instance: { ...instanceOf(aSite()), port: 8080, healthPath: '/well' } } }));
const target = (state: string, reason?: string) => ({
  id: origin.id,
  state,
  ...(reason === undefined ? {} : { reason }),
});
const judged = (health: Partial<EdgeHealth>) =>
  readiness({ state: 'active', targetGroupArn: 'arn:group', targets: [target('healthy')], ...health }, origin);

describe('readiness()', () => {
  test('L13: lets traffic come when the load balancer is active and a target healthy', () => {
    expect(judged({})).toMatchObject({ state: 'open' });
    expect(judged({ state: 'active_impaired' })).toMatchObject({ state: 'open' });
  });

  test('waits for the load balancer', () => {
    expect(judged({ state: 'provisioning' })).toMatchObject({ state: 'closed' });
  });

  test('L13: waits for the target', () => {
    for (const targets of [[target('initial')], [target('unused')]]) {
      expect(judged({ targets })).toEqual({
        state: 'closed',
        message: `Waiting until the load balancer finds the instance "${origin.id}" healthy`,
      });
    }
  });

  test.each([
    ['Target.ResponseCodeMismatch', 'Make its web server answer "/well" on port 8080 with a status from 200 to 399'],
    ['Target.Timeout', 'Check that its web server listens on port 8080, and that no security group, network ACL'],
    ['Target.FailedHealthChecks', 'Check that its web server runs and listens on port 8080'],
    ['Target.InvalidState', 'Have the instance "i-0123456789abcdef0" running'],
    ['Something.New', 'Look at its web server on port 8080'],
  ])('L13: says what to look at when the target is unhealthy with %s', (reason, advice) => {
    const verdict = judged({ targets: [target('unhealthy', reason)] });
    expect(verdict).toMatchObject({ state: 'ailing', message: expect.stringContaining(advice) });
  });

  test.each([
    [
      'deregistered',
      [],
      /is not registered in the target group.*DeregisterTargets.*register-targets --target-group-arn arn:group --targets Id=i-0123456789abcdef0,Port=8080/,
    ],
    ['draining', [target('draining', 'Target.DeregistrationInProgress')], /is not registered in the target group/],
    [
      'stopped',
      [target('unused', 'Target.InvalidState')],
      /sends .* nothing \(Target\.InvalidState\)\. Have the instance/,
    ],
    ['without a listener', [target('unused', 'Target.NotInUse')], /the listener on port 443.*DeleteListener/],
  ])('C5: says what keeps a target from ever getting healthy: %s', (_, targets, message) => {
    expect(judged({ targets })).toMatchObject({ state: 'ailing', message: expect.stringMatching(message) });
    expect(judged({ state: 'provisioning', targets })).toMatchObject({ state: 'closed' });
  });

  test('A5: waits for a target that was registered so lately that ELB may not list it yet', () => {
    expect(judged({ targets: [], justRegistered: true })).toEqual({
      state: 'closed',
      message: `Waiting until DescribeTargetHealth returns the instance "${origin.id}", port 8080`,
    });
    expect(judged({ targets: [target('draining')], justRegistered: true })).toMatchObject({ state: 'ailing' });
  });

  test('tells of an unhealthy target while the load balancer is still being made', () => {
    const targets = [target('unhealthy', 'Target.Timeout')];
    expect(judged({ state: 'provisioning', targets })).toMatchObject({ state: 'ailing' });
  });

  test('gives up a load balancer that AWS could not make', () => {
    expect(judged({ state: 'failed', stateReason: 'no addresses left' })).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(
        /^AWS could not make the load balancer: no addresses left\. Undo the site where it is held, which deletes/,
      ),
    });
  });
});
