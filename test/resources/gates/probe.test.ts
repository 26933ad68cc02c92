import { describe, expect, test } from '@jest/globals';
import { found, unseen } from '../../../domain/probes/probe-result.ts';
import { judgeSite, type SiteSight } from '../../../resources/gates/probe/judge.ts';
import { aGateScope } from '../../support/gate-scope.ts';
import { aSite } from '../../support/site.ts';

const wrong = { reason: 'unreachable' as const, message: 'DNS has no address for "shop.example.test"' };
const removals = [{ what: 'the load balancer is missing', calls: ['DeleteLoadBalancer'] }];

describe('judgeSite()', () => {
  test.each<[string, SiteSight, object]>([
    [
      'is open once every name answers',
      { removals: [], probed: found() },
      { state: 'open', message: 'https://shop.example.test, https://www.shop.example.test answer by name' },
    ],
    [
      'is open where the site lets this probe not in, and claims no answer',
      { removals: [], probed: unseen('203.0.113.7', 'only 198.51.100.7/32 may come') },
      {
        state: 'open',
        message: expect.stringMatching(
          /^DNS leads viewers of https:.* to the site; not seen from here: 203\.0\.113\.7/,
        ),
      },
    ],
    [
      'is ailing while a name does not answer, and fails with it',
      { removals: [], probed: found(wrong) },
      { state: 'ailing', failure: `${wrong.message}. Mend it, then declare the site again` },
    ],
    [
      'is closed while DNS cannot be asked: silence is no verdict',
      { removals: [], probed: { failure: 'no answer' } },
      { state: 'closed', message: 'Cannot look the names up now: no answer' },
    ],
    [
      'C1: has names added to the distribution that CloudFront takes only now that their records have moved',
      { removals: [], pointedFirst: ['www.shop.example.test'] },
      { state: 'redo', message: expect.stringContaining('lead www.shop.example.test to the distribution') },
    ],
    ['C5: has what another tool removed restored before anything is probed', { removals }, { state: 'redo' }],
  ])('%s', (_, sight, verdict) => {
    expect(judgeSite(sight, aGateScope())).toMatchObject(verdict);
  });

  test('speaks of one name, and of http where viewers come to the instance', () => {
    const scope = aGateScope({ item: { site: aSite({ edge: 'direct', aliases: [] }) } });
    expect(judgeSite({ removals: [], probed: found() }, scope).message).toBe(
      'http://shop.example.test answers by name',
    );
  });
});
