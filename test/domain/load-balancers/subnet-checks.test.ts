import { describe, expect, test } from '@jest/globals';
import {
  accessProblem,
  defaultSubnets,
  noInternetGateway,
  subnetProblems,
} from '../../../domain/load-balancers/subnet-checks.ts';
import { anInstance, aPlace, aSubnet } from '../../support/servers.ts';
import { aSite } from '../../support/site.ts';

describe('subnetProblems()', () => {
  const named = ['subnet-0000000a', 'subnet-0000000b'];

  test('finds nothing wrong with public subnets in two zones', () => {
    expect(subnetProblems(named, [aSubnet('a'), aSubnet('b')], aPlace())).toEqual([]);
  });

  test.each([
    ['that does not exist', undefined, /^Cannot find the subnet "subnet-0000000b"/],
    [
      'of another VPC',
      aSubnet('b', { vpcId: 'vpc-89abcdef' }),
      /it is in "vpc-89abcdef" and the instance in "vpc-01234567"/,
    ],
    ['in the same zone', aSubnet('b', { zone: 'us-east-1a' }), /it is in "us-east-1a" like "subnet-0000000a"/],
    ['without a way in', aSubnet('b', { public: false }), /no route to an internet gateway/],
    ['without room', aSubnet('b', { freeAddresses: 7 }), /it has 7 free addresses/],
  ])('L8: refuses a subnet %s', (_, second, detail) => {
    const found = second ? [aSubnet('a'), second] : [aSubnet('a')];
    expect(subnetProblems(named, found, aPlace())).toEqual([
      { pointer: '#/subnets/1', detail: expect.stringMatching(detail) },
    ]);
  });

  test('refuses subnets that leave out the zone of the instance', () => {
    expect(subnetProblems(named, [aSubnet('a'), aSubnet('b')], aPlace({ zone: 'us-east-1c' }))).toEqual([
      { pointer: '#/subnets', detail: expect.stringMatching(/none is in its zone "us-east-1c"/) },
    ]);
  });
});

describe('C8: noInternetGateway()', () => {
  const nat = { cidr: '0.0.0.0/0', target: 'nat-1', blackhole: false };
  const closed = aSubnet('a', { public: false, routes: [nat] });
  const direct = aSite({ edge: 'direct' });
  const instance = anInstance({ subnetId: closed.id });

  test('refuses to lead viewers to an instance that no route from the internet reaches', () => {
    expect(noInternetGateway(direct, { instance, subnets: [closed] })).toEqual({
      pointer: '#/edge',
      detail: `Cannot lead viewers to the instance "${instance.id}" itself: the route table of its subnet "${closed.id}" has no route to an internet gateway. Add the route 0.0.0.0/0 to one, or declare edge "load-balancer"`,
    });
    const named = aSite({ directName: 'direct.example.test' });
    expect(noInternetGateway(named, { instance, subnets: [closed] })?.pointer).toBe('#/directName');
  });

  test('leaves alone one that viewers do not come to, and one behind a gateway or a firewall', () => {
    const balanced = aSite();
    expect(noInternetGateway(balanced, { instance, subnets: [closed] })).toBeUndefined();
    for (const target of ['igw-1', 'vpce-1']) {
      const open = { ...closed, routes: [{ ...nat, target }] };
      expect(noInternetGateway(direct, { instance, subnets: [open] })).toBeUndefined();
    }
  });
});

describe('accessProblem()', () => {
  const chosen = ['subnet-0000000a', 'subnet-0000000b'];
  const among = (ipv6: boolean) => ({ chosen, known: [aSubnet('a', { ipv6: true }), aSubnet('b', { ipv6 })] });

  test('C7: refuses access for IPv6 alone where the load balancer speaks IPv4 only', () => {
    expect(accessProblem(['2001:db8::/32'], among(false))).toEqual({
      pointer: '#/access',
      detail: expect.stringMatching(/^Cannot let in 2001:db8::\/32 only: the load balancer has no IPv6 address/),
    });
    expect(accessProblem(['2001:db8::/32'], among(true))).toBeUndefined();
    expect(accessProblem(['2001:db8::/32', '198.51.100.7/32'], among(false))).toBeUndefined();
  });
});

describe('defaultSubnets()', () => {
  test('takes a public subnet of every zone, in the order of the zones', () => {
    const subnets = [aSubnet('c'), aSubnet('a'), aSubnet('b'), aSubnet('d', { public: false })];
    expect(defaultSubnets(subnets, aPlace())).toEqual({
      subnets: ['subnet-0000000a', 'subnet-0000000b', 'subnet-0000000c'],
    });
  });

  test('takes the one with most room of a zone, whatever order they come in', () => {
    const roomy = aSubnet('b', { id: 'subnet-99999999', freeAddresses: 4_000 });
    for (const subnets of [
      [aSubnet('a'), aSubnet('b'), roomy],
      [roomy, aSubnet('b'), aSubnet('a')],
    ]) {
      expect(defaultSubnets(subnets, aPlace()).subnets).toEqual(['subnet-0000000a', 'subnet-99999999']);
    }
  });

  test.each([
    ['one zone', [aSubnet('a')], /there are some in: us-east-1a/],
    ['no public subnet', [aSubnet('a', { public: false }), aSubnet('b', { public: false })], /there are some in: none/],
    ['nothing in the zone of the instance', [aSubnet('b'), aSubnet('c')], /"us-east-1a" of the instance among them/],
    ['only subnets of another VPC', [aSubnet('a', { vpcId: 'vpc-2' }), aSubnet('b', { vpcId: 'vpc-2' })], /none/],
  ])('refuses a VPC with %s', (_, subnets, detail) => {
    expect(defaultSubnets(subnets, aPlace()).problem).toEqual({
      pointer: '#/subnets',
      detail: expect.stringMatching(detail),
    });
  });

  test('C8: does not advise to name subnets where none would be accepted', () => {
    const detail = defaultSubnets([aSubnet('a')], aPlace()).problem?.detail;
    expect(detail).toMatch(
      /; make them \(a route to an internet gateway makes a subnet public\), or declare edge "direct"$/,
    );
  });
});
