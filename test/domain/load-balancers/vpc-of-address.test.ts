import { describe, expect, test } from '@jest/globals';
import { vpcOfAddress } from '../../../domain/load-balancers/vpc-of-address.ts';
import { subnetsWith } from '../../../domain/servers/subnet-with.ts';
import { aSubnet } from '../../support/servers.ts';

const asked = (address: string, subnets = [aSubnet('a'), aSubnet('b')], named?: string[]) =>
  vpcOfAddress(address, { named, having: subnetsWith(address, subnets), found: subnets });

describe('vpcOfAddress()', () => {
  test('takes the only VPC with a subnet that has the address', () => {
    expect(asked('10.0.1.7')).toEqual({ vpcId: 'vpc-01234567' });
  });

  test.each([
    ['10.0.9.7', [aSubnet('a')], 'no subnet of this account and region has the address'],
    [
      '10.0.0.7',
      [aSubnet('a'), aSubnet('a', { vpcId: 'vpc-89abcdef' })],
      'subnets in vpc-01234567, vpc-89abcdef have the address',
    ],
  ])('asks for subnets where it cannot tell for %s', (address, subnets, why) => {
    const { problem } = asked(address, subnets);
    expect(problem?.pointer).toBe('#/subnets');
    expect(problem?.detail).toContain(`${why}; name public subnets in two zones`);
  });

  test('goes by the subnets that the document names, wherever the address is', () => {
    expect(asked('192.168.7.7', [aSubnet('a', { vpcId: 'vpc-89abcdef' })], ['subnet-0000000a'])).toEqual({
      vpcId: 'vpc-89abcdef',
    });
  });
});
