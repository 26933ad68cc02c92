import { describe, expect, test } from '@jest/globals';
import type { EdgeHealth } from '../../../domain/load-balancers/readiness.ts';
import { judgeHealth } from '../../../resources/gates/targets-healthy/judge.ts';
import { aGateScope } from '../../support/gate-scope.ts';

const health = (changes: Partial<EdgeHealth> = {}): EdgeHealth => ({
  state: 'active',
  targets: [{ id: 'i-0123456789abcdef0', state: 'healthy' }],
  targetGroupArn: 'arn:tg',
  ...changes,
});
const ill = health({ targets: [{ id: 'i-0123456789abcdef0', state: 'unhealthy', reason: 'Target.Timeout' }] });
const removals = [{ what: 'the listener on port 80 is missing', calls: ['DeleteListener'] }];

/** What `readiness()` says is tested with it. */
describe('judgeHealth()', () => {
  test.each<[string, Parameters<typeof judgeHealth>[0], object]>([
    ['L13: is open once a target is healthy', { health: health(), removals: [] }, { state: 'open' }],
    [
      'is closed while AWS makes the load balancer',
      { health: health({ state: 'provisioning' }), removals: [] },
      { state: 'closed' },
    ],
    [
      'L13: is ailing while the web server answers wrongly, and then fails with what to do',
      { health: ill, removals: [] },
      { state: 'ailing', failure: expect.stringMatching(/listens on port 80.*Then declare the site again$/) },
    ],
    [
      'fails where AWS could not make the load balancer',
      { health: health({ state: 'failed', stateReason: 'no capacity' }), removals: [] },
      { state: 'failed', name: 'Refused', message: expect.stringContaining('no capacity') },
    ],
    ['C5: has a removed listener restored, healthy or not', { health: health(), removals }, { state: 'redo' }],
    ['C5: and says so in place of what follows from it', { health: ill, removals }, { state: 'redo' }],
  ])('%s', (_, sight, verdict) => {
    expect(judgeHealth(sight, aGateScope())).toMatchObject(verdict);
  });

  test('C5: is ailing where it was restored once already', () => {
    const scope = aGateScope({ restored: true });
    expect(judgeHealth({ health: health(), removals }, scope)).toMatchObject({
      state: 'ailing',
      failure: expect.stringContaining('after it was restored once'),
    });
  });
});
