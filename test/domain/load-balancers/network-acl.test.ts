import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AclRule, barrier } from '../../../domain/load-balancers/network-acl.ts';

const rule = (number: number, changes: Partial<AclRule> = {}): AclRule => ({
  number,
  egress: false,
  allow: true,
  protocol: '-1',
  cidr: '0.0.0.0/0',
  ...changes,
});
const last = rule(32_767, { allow: false });
const EPHEMERAL = { from: 1_024, to: 65_535 };
const request = { egress: false, peer: '10.0.1.0/24', ports: { from: 80, to: 80 } };
const answer = { ...request, ports: EPHEMERAL };

describe('barrier()', () => {
  test('finds none where everything may pass', () => {
    expect(barrier([rule(100), last], request)).toBeUndefined();
  });

  test('finds the last rule where nothing allows it', () => {
    expect(barrier([rule(100, { ports: { from: 443, to: 443 } }), last], request)).toBe(last);
    expect(barrier([rule(100, { protocol: '17' }), last], request)).toBe(last);
    expect(barrier([rule(100, { egress: true }), last], request)).toBe(last);
  });

  test('goes by the lowest number, in whatever order the rules are told', () => {
    const deny = rule(50, { allow: false });
    expect(barrier([last, rule(100), deny], request)).toBe(deny);
    expect(barrier([last, rule(40), deny], request)).toBeUndefined();
  });

  test('puts the ports of several rules together', () => {
    const low = rule(100, { ports: { from: 1_024, to: 32_767 } });
    const high = rule(110, { ports: { from: 32_768, to: 65_535 } });
    expect(barrier([low, high, last], answer)).toBeUndefined();
    expect(barrier([low, last], answer)).toBe(last);
  });

  test('does not judge by a rule about a part of the other side', () => {
    expect(barrier([rule(50, { allow: false, cidr: '10.0.1.7/32' }), rule(100), last], request)).toBe('unsure');
  });

  test('agrees with asking for each packet, where every rule is about all of the other side', () => {
    const ports = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    const drawn = fc.record({ number: fc.integer({ min: 1, max: 90 }), allow: fc.boolean(), ports });
    fc.assert(
      fc.property(fc.uniqueArray(drawn, { selector: ({ number }) => number }), ports, (drawnRules, [one, other]) => {
        const span = ([first, second]: [number, number]) => ({
          from: Math.min(first, second),
          to: Math.max(first, second),
        });
        const rules = [
          ...drawnRules.map((each) => rule(each.number, { allow: each.allow, ports: span(each.ports) })),
          last,
        ];
        const asked = span([one, other]);
        const passes = (port: number) =>
          rules
            .toSorted((first, second) => first.number - second.number)
            .find(({ ports: of }) => of === undefined || (of.from <= port && port <= of.to))?.allow === true;
        const all = Array.from({ length: asked.to - asked.from + 1 }, (_, place) => asked.from + place).every(passes);
        expect(barrier(rules, { ...request, ports: asked }) === undefined).toBe(all);
      }),
    );
  });
});
