import { describe, expect, test } from '@jest/globals';
import { httpListenerProblem, secureListenerProblem } from '../../../domain/load-balancers/listeners.ts';
import { targetGroupProblem } from '../../../domain/load-balancers/standing.ts';
import { ownerTags } from '../../../domain/ownership.ts';
import { groupsToSet, loadBalancerProblem } from '../../../resources/load-balancer/changes.ts';
import { groupProblem } from '../../../resources/security-group/changes.ts';
import { aSite } from '../../support/site.ts';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };
const another = ownerTags({ domain: 'shop.example.test', stack: 'Staging' });
const vpcId = 'vpc-1';
const name = 'np-1';

type Tags = Record<string, string>;
const balancer = (tags: Tags, changes = {}) => ({ arn: 'arn:lb', vpcId, scheme: 'internet-facing', tags, ...changes });
const group = (tags: Tags, changes = {}) => ({
  arn: 'arn:tg',
  vpcId,
  targetType: 'instance',
  protocol: 'HTTP',
  tags,
  ...changes,
});
const plain = (tags: Tags, redirects = false) => ({
  arn: 'arn:80',
  port: 80,
  protocol: 'HTTP',
  forwards: [],
  redirects,
  tags,
});

/** Each decision about a thing with these tags. */
const DECISIONS: [string, (tags: Tags, adopt: boolean) => string | undefined][] = [
  ['security group', (tags, adopt) => groupProblem({ id: 'sg-1', tags }, { owner, site: aSite({ adopt }) })],
  ['load balancer', (tags, adopt) => loadBalancerProblem(balancer(tags), { owner, vpcId, site: aSite({ adopt }) })],
  ['target group', (tags, adopt) => targetGroupProblem(group(tags), { name, owner, vpcId, adopt })],
  ['listener on 443', (tags, adopt) => secureListenerProblem({ arn: 'arn:443', tags }, { owner, adopt })],
  ['listener on 80', (tags, adopt) => httpListenerProblem(plain(tags), { http: 'redirect', owner, adopt })],
];

describe.each(DECISIONS)('a %s', (_, problem) => {
  test('that is ours is used, whether adopting or not', () => {
    expect(problem(ownerTags(owner), false)).toBeUndefined();
    expect(problem(ownerTags(owner), true)).toBeUndefined();
  });

  test('that is nobody’s is in the way, with how to adopt it, until it is to be adopted', () => {
    expect(problem({ team: 'web' }, false)).toMatch(/, or declare "adopt": true to take it over/);
    expect(problem({ team: 'web' }, true)).toBeUndefined();
  });

  test('of another stack is in the way whoever asks, and nobody is told to adopt it', () => {
    expect(problem(another, false)).toMatch(/Delete it, then declare the site again$/);
    expect(problem(another, true)).toMatch(/Delete it, then declare the site again$/);
  });
});

describe('what cannot be made to fit is refused even when it is to be adopted', () => {
  test.each([
    [
      'a load balancer of another VPC',
      loadBalancerProblem(balancer({}, { vpcId: 'vpc-2' }), { owner, vpcId, site: aSite({ adopt: true }) }),
    ],
    [
      'an internal one',
      loadBalancerProblem(balancer({}, { scheme: 'internal' }), { owner, vpcId, site: aSite({ adopt: true }) }),
    ],
    [
      'a target group of another VPC',
      targetGroupProblem(group({}, { vpcId: 'vpc-2' }), { name, owner, vpcId, adopt: true }),
    ],
    ['one of addresses', targetGroupProblem(group({}, { targetType: 'ip' }), { name, owner, vpcId, adopt: true })],
    ['one over HTTPS', targetGroupProblem(group({}, { protocol: 'HTTPS' }), { name, owner, vpcId, adopt: true })],
    ['a listener where there shall be none', httpListenerProblem(plain({}), { http: 'reject', owner, adopt: true })],
    [
      'one that was adopted, where there shall be none any more',
      httpListenerProblem(plain(ownerTags(owner)), { http: 'reject', owner, adopt: true, adopted: true }),
    ],
  ])('%s', (_, problem) => {
    expect(problem).toMatch(/Delete it, then declare the site again$/);
  });
});

test('groupsToSet() adds our security group to those that stand, once', () => {
  expect(groupsToSet(['sg-theirs'], 'sg-lb')).toEqual(['sg-theirs', 'sg-lb']);
  expect(groupsToSet(['sg-theirs', 'sg-lb'], 'sg-lb')).toBeUndefined();
});
