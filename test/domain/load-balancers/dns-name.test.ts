import { describe, expect, test } from '@jest/globals';
import { bareName, dualstackName, isSameBalancer, isSameTyped } from '../../../domain/load-balancers/dns-name.ts';

const bare = 'np-1.us-east-1.elb.amazonaws.com';
const spellings = [bare, `dualstack.${bare}`, `${bare}.`, `DualStack.${bare.toUpperCase()}.`];

describe("A3: a load balancer's name", () => {
  test.each(spellings)('dualstackName() and bareName() read "%s"', (name) => {
    expect([dualstackName(name), bareName(name)]).toEqual([`dualstack.${bare}`, bare]);
  });

  test('isSameBalancer() sees one load balancer in all spellings of its name, and no other', () => {
    expect(spellings.every((one) => spellings.every((other) => isSameBalancer(one, other)))).toBe(true);
    expect(isSameBalancer(bare, 'np-2.us-east-1.elb.amazonaws.com')).toBe(false);
  });

  test('isSameTyped() minds the dot that a provider has kept', () => {
    expect(isSameTyped(`dualstack.${bare}`, bare)).toBe(true);
    expect(isSameTyped(`${bare}.`, bare)).toBe(false);
  });
});
