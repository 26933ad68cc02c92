import { describe, expect, test } from '@jest/globals';
import { balancerFindings } from '../../../domain/preflight/balancer-findings.ts';

const balancer = (forwards: object[] = []) =>
  ({
    arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0123456789abcdef',
    securityGroups: ['sg-1'],
    listeners: [{ arn: 'arn:443', port: 443, protocol: 'HTTPS', forwards, redirects: false, further: [] }],
  }) as never;
const rule = (changes: object) => ({ isDefault: false, targetGroupArns: ['arn:tg'], ...changes });

describe('a load balancer that exists, behind CloudFront', () => {
  const told = (isOpen: boolean, isLetIn: boolean) => balancerFindings(balancer(), { isOpen, cdn: { isLetIn } });

  test('C12: is told of where its security groups let neither everyone nor the prefix list of CloudFront in, with the commands', () => {
    expect(told(true, false)).toEqual([]);
    expect(told(false, true)).toEqual([]);
    expect(told(false, false)).toMatchObject([
      { check: 'loadBalancerNotOpen', message: expect.stringMatching(/504.*prefix-list.*--group-id sg-1/) },
    ]);
  });
});

describe('the rules of a load balancer that exists', () => {
  const hosts = ['shop.example.test'];
  const told = (rules: ReturnType<typeof rule>[]) =>
    balancerFindings(balancer(), { isOpen: true, cdn: { isLetIn: true }, rules, hosts }).map(({ check }) => check);

  test.each([
    ['the default action forwards', [rule({ isDefault: true })], []],
    ['a rule is for the name', [rule({ hosts: ['SHOP.example.test'] })], []],
    ['a rule is for a pattern of it', [rule({ hosts: ['*.example.test'] })], []],
    ['a rule looks at no Host', [rule({})], []],
    [
      'rules are for other names only',
      [rule({ hosts: ['blog.example.test', 'shopXexample.test'] })],
      ['noRuleForName'],
    ],
    ['all answer themselves', [rule({ isDefault: true, targetGroupArns: [] })], ['noRuleForName']],
  ])('are told of where they forward nothing for the name: %s', (_, rules, checks) => {
    expect(told(rules)).toEqual(checks);
  });

  test('are not read where the default action forwards alone', () => {
    const forwarding = balancer([{ targetGroupArn: 'arn:tg', weight: 1 }]);
    expect(balancerFindings(forwarding, { isOpen: true, cdn: { isLetIn: true }, hosts })).toEqual([]);
  });
});
