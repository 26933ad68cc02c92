import { describe, expect, test } from '@jest/globals';
import { hostRuleGroupProblem } from '../../../domain/load-balancers/host-rule-group.ts';
import {
  hasHost,
  inRules,
  isComparable,
  placeFor,
  type RuleInOrder,
  servesAlready,
} from '../../../domain/load-balancers/host-rules.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';

const shop = 'shop.example.test';
const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0123456789abcdef';
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef';
const aRule = (priority: number, changes: Partial<RuleInOrder> = {}): RuleInOrder => ({
  arn: `arn:rule/${priority}`,
  priority,
  takesAll: true,
  forwards: [{ targetGroupArn: 'arn:other', weight: 1 }],
  ...changes,
});
const path = (priority: number) => aRule(priority, { takesAll: false });
const place = (others: RuleInOrder[], declared?: number) =>
  placeFor([shop], { others, taken: others.flatMap((rule) => rule.priority ?? []), declared });

describe('placeFor()', () => {
  test.each([
    ['no other rule', [], 1],
    ['rules for other Hosts and for a path', [path(10), aRule(40, { hosts: ['blog.example.test'] })], 41],
    ['a rule for every Host with such a name', [path(10), aRule(40, { hosts: ['*.example.test'] })], 39],
    ['two of them', [aRule(30, { hosts: ['*.test'] }), aRule(40, { hosts: ['*.example.test'] })], 29],
    ['one for all requests', [aRule(2, {})], 1],
    ['the last priority taken', [path(50_000), path(49_999)], 49_998],
  ])('puts a rule among %s', (_, others, priority) => {
    expect(place(others)).toEqual({ priority });
  });

  test('keeps away from the priorities of our own rules', () => {
    expect(placeFor([shop], { others: [], taken: [1, 2], declared: undefined })).toEqual({ priority: 3 });
  });

  test.each([
    [
      'another names the Host',
      [aRule(40, { hosts: ['SHOP.example.test'] })],
      undefined,
      /"shop\.example\.test" already/,
    ],
    [
      'no priority is free before a wildcard',
      [path(1), aRule(2, { hosts: ['*.test'] })],
      undefined,
      /set-rule-priorities/,
    ],
    ['the declared priority is taken', [path(7)], 7, /the priority 7 is taken/],
    ['another comes first', [aRule(6, { hosts: ['*.example.test'] })], 7, /give a priority below 6/],
  ])('refuses where %s', (_, others, declared, why) => {
    expect(place(others, declared).problem).toMatch(why);
  });

  test('takes the declared priority where it is free, and nothing takes the requests before it', () => {
    expect(place([path(6), aRule(9, { hosts: ['*.example.test'] })], 7)).toEqual({ priority: 7 });
  });
});

test.each([
  ['shop.example.test', true],
  ['*.example.test', true],
  ['sh?p.EXAMPLE.test', true],
  ['*.shop.example.test', false],
  ['shopXexample.test', false],
])('hasHost() of %s is %p', (host, has) => {
  expect(hasHost({ hosts: [host] }, shop)).toBe(has);
});

test('servesAlready() is true of a rule that names the Host and forwards to the group, unless another comes first', () => {
  const forwards = [{ targetGroupArn: targetGroup, weight: 1 }];
  const theirs = aRule(20, { hosts: [shop], forwards });
  expect(servesAlready([theirs], shop, targetGroup)).toBe(true);
  expect(servesAlready([aRule(10, { hosts: ['*.test'] }), theirs], shop, targetGroup)).toBe(false);
  expect(servesAlready([{ ...theirs, hosts: ['*.example.test'] }], shop, targetGroup)).toBe(false);
});

test('inRules() puts five names in a rule, as many as ELB compares', () => {
  const names = Array.from({ length: 11 }, (_, n) => `n${n}.example.test`);
  expect(inRules(names).map(({ length }) => length)).toEqual([5, 5, 1]);
});

test.each([
  [undefined, /there is none in this account/],
  [{ tags: { 'nameplate:site': 'other.test' } }, /name a target group of your own/],
  [{ protocol: 'TCP' }, /its protocol is TCP/],
  [{ loadBalancerArns: ['arn:lb/other'] }, /arn:lb\/other forwards to it/],
  [{ vpcId: 'vpc-2' }, /it is in "vpc-2", and the load balancer in "vpc-1"/],
  [{}, /^none$/],
  [{ loadBalancerArns: [] }, /^none$/],
])('hostRuleGroupProblem() of %j', (changes, why) => {
  const group = { arn: targetGroup, vpcId: 'vpc-1', protocol: 'HTTP', loadBalancerArns: [arn], tags: {} };
  const asked = { loadBalancerArn: arn, vpcId: 'vpc-1', tenant: undefined };
  expect(hostRuleGroupProblem(changes && { ...group, ...changes }, asked) ?? 'none').toMatch(why);
});

test('a target group of a tenant bears its tag', () => {
  const group = { arn: targetGroup, vpcId: 'vpc-1', protocol: 'HTTP', loadBalancerArns: [], tags: {} };
  const asked = { loadBalancerArn: arn, vpcId: 'vpc-1', tenant: 'acme' };
  expect(hostRuleGroupProblem(group, asked)).toContain('Value=acme');
  expect(hostRuleGroupProblem({ ...group, tags: { 'nameplate:tenant': 'acme' } }, asked)).toBeUndefined();
});

describe('a document with a host rule', () => {
  const declare = (hostRule: object, domain = shop) => declareSite({ domain, origin: { loadBalancer: arn, hostRule } });

  test('is taken with and without a priority', () => {
    expect(declare({ targetGroup }).site?.origin).toMatchObject({ hostRule: { targetGroup } });
    expect(declare({ targetGroup, priority: 7 }).errors).toBeUndefined();
  });

  test.each([
    [{ targetGroup: 'shop' }, shop, '#/origin/hostRule/targetGroup', 'Must be the ARN of a target group'],
    [{ targetGroup, priority: 50_001 }, shop, '#/origin/hostRule/priority', '50000'],
    [{}, shop, '#/origin/hostRule/targetGroup', ''],
    [{ targetGroup }, 'shop.xn--p1ai', '#/domain', 'no internationalized top-level domain'],
  ])('is refused with %j for %s', (hostRule, domain, at, sentence) => {
    const { errors = [] } = declare(hostRule, domain);
    expect(errors.find(({ pointer }) => pointer === at)?.detail).toContain(sentence);
  });

  test('isComparable() says what ELB compares', () => {
    expect([isComparable(shop), isComparable('shop.xn--p1ai'), isComparable(`${'a'.repeat(130)}.test`)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
