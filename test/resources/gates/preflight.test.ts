import { describe, expect, test } from '@jest/globals';
import { found, unseen } from '../../../domain/probes/probe-result.ts';
import { judgePreflight, type PreflightSight } from '../../../resources/gates/preflight/judge.ts';
import { aGateScope } from '../../support/gate-scope.ts';
import { aSite } from '../../support/site.ts';

const addresses = { dnsName: 'dualstack.np.elb.amazonaws.com', all: ['203.0.113.7', '203.0.113.8'] };
const probed = (changes: Partial<NonNullable<PreflightSight['probed']>> = {}) => ({
  ...found(),
  seen: addresses.all,
  told: [],
  ...changes,
});
const wrong = { reason: 'pageUnacceptable' as const, message: '"https://shop.example.test/" answers 502' };
const removals = [{ what: 'the listener on port 80 is missing', calls: ['DeleteListener'] }];

describe('judgePreflight()', () => {
  test.each<[string, PreflightSight, object]>([
    [
      'is open once every address answers for every name',
      { removals: [], addresses, probed: probed() },
      {
        state: 'open',
        message:
          'The load balancer answers at 203.0.113.7, 203.0.113.8 for "shop.example.test", "www.shop.example.test"',
      },
    ],
    [
      'is open where an address is out of sight, and says so',
      { removals: [], addresses, probed: probed({ ...unseen('203.0.113.8', 'only 198.51.100.7/32 may come') }) },
      { state: 'open', message: expect.stringContaining('not seen from here: 203.0.113.8') },
    ],
    [
      'is open where nothing is in sight: the access may not let this look in',
      { removals: [], addresses, probed: probed({ seen: [] }) },
      { state: 'open', message: 'The load balancer could not be looked at' },
    ],
    [
      'is ailing while a page is wrong, and fails with it, each finding once',
      { removals: [], addresses, probed: probed(found(wrong, wrong)) },
      {
        state: 'ailing',
        message: `Waiting until this settles: ${wrong.message}`,
        failure: `${wrong.message}. Mend it, then declare the site again`,
      },
    ],
    [
      'is closed while DNS has no address of the load balancer',
      { removals: [], addresses: { ...addresses, all: [] } },
      { state: 'closed', message: 'Waiting until DNS answers for the load balancer "dualstack.np.elb.amazonaws.com"' },
    ],
    [
      'is closed while DNS cannot be asked',
      { removals: [], addresses: { failure: 'no answer' } },
      { state: 'closed', message: 'Cannot ask for the address of the load balancer now: no answer' },
    ],
    ['C5: has a removed listener restored before anything is probed', { removals }, { state: 'redo' }],
  ])('%s', (_, sight, verdict) => {
    expect(judgePreflight(sight, aGateScope())).toMatchObject(verdict);
  });

  test('C7: fails where the access needs IPv6 and the load balancer has no address of it', () => {
    const scope = aGateScope({ item: { site: aSite({ access: ['2001:db8::/32'] }) } });
    expect(judgePreflight({ removals: [], addresses }, scope)).toMatchObject({
      state: 'failed',
      name: 'Misconfigured',
      message: expect.stringContaining('the load balancer has no IPv6 address'),
    });
  });

  test('C5: is ailing with what is missing again, beside what the probes found', () => {
    const sight = { removals, addresses, probed: probed(found(wrong)) };
    expect(judgePreflight(sight, aGateScope({ restored: true }))).toMatchObject({
      state: 'ailing',
      message: expect.stringMatching(/after it was restored once.*; "https:\/\/shop\.example\.test\/" answers 502$/),
    });
  });

  test('names the instance where viewers come to it straight', () => {
    const scope = aGateScope({ item: { site: aSite({ edge: 'direct', aliases: [] }) } });
    const { message } = judgePreflight({ removals: [], probed: probed({ seen: ['203.0.113.9'] }) }, scope);
    expect(message).toBe('The instance answers at 203.0.113.9 for "shop.example.test"');
  });
});
