import { expect, test } from '@jest/globals';
import { ratesIn } from '../../../local/services/states/rates.ts';

test.each([
  ['us-east-1', { burst: 1300, perSecond: 300 }],
  ['eu-west-1', { burst: 1300, perSecond: 300 }],
  ['eu-central-1', { burst: 800, perSecond: 150 }],
])('executions are started in %s as fast as its quota says (A7)', (region, rate) => {
  const { actions } = ratesIn(region);
  expect([actions?.['StartExecution'], actions?.['RedriveExecution']]).toEqual([rate, rate]);
});

test('an account may have a lower quota (A7)', () => {
  expect(ratesIn('us-east-1', { burst: 1, perSecond: 0.1 }).actions?.['StartExecution']).toEqual({
    burst: 1,
    perSecond: 0.1,
  });
});
