import { describe, expect, test } from '@jest/globals';
import {
  type ExistingBalancer,
  existingBalancerProblem,
  misplacedBalancer,
  typesOf,
} from '../../../domain/load-balancers/existing-balancer.ts';
import { balancerFindings } from '../../../domain/preflight/balancer-findings.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0123456789abcdef';
const secure = {
  arn: 'arn:443',
  port: 443,
  protocol: 'HTTPS',
  forwards: [],
  redirects: false,
  further: [] as string[],
};
const plain = { ...secure, arn: 'arn:80', port: 80, protocol: 'HTTP', redirects: true };

const aBalancer = (changes: Partial<ExistingBalancer> = {}): ExistingBalancer => ({
  arn,
  type: 'application',
  scheme: 'internet-facing',
  state: 'active',
  dnsName: 'theirs.elb.amazonaws.com',
  zoneId: 'ZELB',
  vpcId: 'vpc-1',
  ipAddressType: 'ipv4',
  securityGroups: [],
  tags: {},
  listeners: [secure, plain],
  ...changes,
});

describe('a load balancer that exists', () => {
  const further = Array.from({ length: 25 }, (_, index) => `arn:${index}`);
  const full = aBalancer({ listeners: [{ ...secure, further }] });

  test.each([
    [undefined, /there is none in this account and region; check the ARN/],
    [aBalancer({ type: 'network' }), /its type is "network".*name one of that type/],
    [aBalancer({ scheme: 'internal' }), /it is internal, and viewers come from the internet; create/],
    [aBalancer({ state: 'provisioning' }), /declare the site again once it is active/],
    [aBalancer({ state: 'failed', stateReason: 'no capacity' }), /"failed" \(no capacity\)/],
    [aBalancer({ tags: { 'nameplate:site': 'a.test', 'nameplate:stack': 'S' } }), /site "a.test" of the stack "S"/],
    [aBalancer({ listeners: [plain] }), /no HTTPS listener on port 443; add one .*aws elbv2 create-listener/],
    [aBalancer({ listeners: [{ ...secure, protocol: 'HTTP' }] }), /port 443 speaks HTTP and not HTTPS/],
    [full, /serves 25 certificates besides the default ones, and may serve 25.*Service Quotas/],
  ])('is refused with what to do (%#)', (balancer, sentence) => {
    const problem = existingBalancerProblem(balancer, { arn, tenant: undefined });
    expect(problem).toMatch(/^Cannot use the load balancer "arn:aws:.*": /);
    expect(problem).toMatch(sentence);
  });

  test('is taken where it can serve one more certificate, or serves it already', () => {
    const asking = { arn, tenant: undefined };
    expect(existingBalancerProblem(aBalancer(), asking)).toBeUndefined();
    expect(existingBalancerProblem(full, { ...asking, furtherLimit: 100 })).toBeUndefined();
    expect(existingBalancerProblem(full, { ...asking, certificateArn: 'arn:7' })).toBeUndefined();
  });

  test('is taken for a tenant by its tag only', () => {
    const tagged = aBalancer({ tags: { 'nameplate:tenant': 'acme' } });
    expect(existingBalancerProblem(tagged, { arn, tenant: 'acme' })).toBeUndefined();
    expect(existingBalancerProblem(tagged, { arn, tenant: 'other' })).toMatch(/no tag "nameplate:tenant"/);
  });

  test('is refused by its ARN in another region or account', () => {
    expect(misplacedBalancer(arn, { region: 'eu-west-1', account: '123456789012' })).toBeUndefined();
    expect(misplacedBalancer(arn, { region: 'us-east-1', account: '123456789012' })).toMatch(/it is in eu-west-1/);
    expect(misplacedBalancer(arn, { region: 'eu-west-1', account: '210987654321' })).toMatch(/account 123456789012/);
  });

  test.each([
    ['ipv4', ['A']],
    ['dualstack', ['A', 'AAAA']],
    ['dualstack-without-public-ipv4', ['AAAA']],
  ])('with the address type %s has records %j', (ipAddressType, types) => {
    expect(typesOf({ ipAddressType })).toEqual(types);
  });

  test('is told of in a plan where it is closed, or does not redirect plain HTTP', () => {
    expect(balancerFindings(aBalancer(), { isOpen: true })).toEqual([]);
    const found = balancerFindings(aBalancer({ listeners: [secure] }), { isOpen: false });
    expect(found.map(({ check }) => check)).toEqual(['loadBalancerNotOpen', 'httpNotRedirected']);
  });
});

describe('a document with a load balancer as its origin', () => {
  const document = { domain: 'shop.example.test', origin: { loadBalancer: arn } };

  test('needs no more than its ARN', () => {
    expect(declareSite(document).site?.origin).toEqual({ loadBalancer: arn, healthPath: '/' });
  });

  test.each([
    [{ origin: { loadBalancer: 5 } }, '#/origin/loadBalancer', 'Must be a string'],
    [{ origin: { loadBalancer: arn.replace('/app/', '/net/') } }, '#/origin/loadBalancer', 'application load balancer'],
    [{ origin: {} }, '#/origin/instance', 'Is missing'],
    [{ edge: 'direct' }, '#/edge', 'Cannot use edge "direct" with a load balancer'],
    [{ http: 'reject' }, '#/http', 'its listener on port 80 is not changed'],
    [{ access: ['203.0.113.0/24'] }, '#/access', 'its security groups decide'],
    [{ subnets: ['subnet-0123456a', 'subnet-0123456b'] }, '#/subnets', 'leave them out'],
    [{ directName: 'ssh.example.test' }, '#/directName', 'leave it out'],
  ])('is refused with %j', (changes, pointer, sentence) => {
    const { errors = [] } = declareSite({ ...document, ...changes });
    expect(errors.find((error) => error.pointer === pointer)?.detail).toContain(sentence);
  });
});
