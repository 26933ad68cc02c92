import { describe, expect, test } from '@jest/globals';
import type { NewInstance } from '../../../domain/origins/new-instance.ts';
import { changedInstance, choosePlace } from '../../../domain/servers/new-instance-place.ts';
import { anInstance, aSubnet } from '../../support/servers.ts';

describe('choosePlace()', () => {
  const asked = { type: 't4g.micro', zones: ['us-east-1a', 'us-east-1b'], subnet: undefined, named: false };

  test('takes the public subnet with the most room whose zone offers the type', () => {
    const found = [
      aSubnet('a', { freeAddresses: 10 }),
      aSubnet('b', { freeAddresses: 20 }),
      aSubnet('c', { freeAddresses: 200 }),
    ];
    expect(choosePlace(found, asked)).toEqual({ subnet: 'subnet-0000000b', errors: [] });
  });

  test.each([
    ['no default VPC', [], {}, 'aws ec2 create-default-vpc'],
    [
      'a private subnet',
      [aSubnet('a', { public: false })],
      { subnet: 'subnet-0000000a' },
      'Cannot launch the instance in',
    ],
    [
      'a zone without the type',
      [aSubnet('e')],
      { named: true },
      'a zone that offers t4g.micro (us-east-1a, us-east-1b)',
    ],
  ])('says what to do with %s', (_, found, more, words) => {
    const { subnet, errors } = choosePlace(found, { ...asked, ...more });
    expect([subnet, errors]).toEqual([
      undefined,
      [{ pointer: '#/origin/newInstance/subnet', detail: expect.stringContaining(words) }],
    ]);
  });
});

describe('changedInstance()', () => {
  const declared: NewInstance = { type: 't3.micro', image: 'al2023', diskGiB: 8, port: 80, healthPath: '/' };
  const standing = anInstance();

  test('takes another document of the same instance', () => {
    const other = { ...declared, sshFrom: ['203.0.113.0/24'], elasticIp: true, port: 8080, userData: '#!/bin/sh' };
    expect(changedInstance(other, { standing, earlier: declared })).toEqual([]);
  });

  test.each([
    ['type', { type: 't3.large' }],
    ['key', { key: 'mine' }],
    ['subnet', { subnet: 'subnet-0000000b' }],
    ['diskGiB', { diskGiB: 20 }],
    ['server', { server: 'nginx' as const }],
  ])('refuses another %s: that takes another instance', (field, change) => {
    expect(changedInstance({ ...declared, ...change }, { standing, earlier: declared })).toEqual([
      { pointer: `#/origin/newInstance/${field}`, detail: expect.stringContaining(`Cannot change "${field}"`) },
    ]);
  });

  test.each([
    ['another value', { team: 'shop' }, []],
    ['one that is left out', {}, []],
    ['what a person has set on it', { team: 'theirs' }, undefined],
    ['what is unchanged, whoever has changed it on the instance', { team: 'web' }, undefined],
  ])('of tags that were launched it judges %s', (_, tags, refused) => {
    const tagged = anInstance({ tags: { team: 'theirs', other: 'x' } });
    const earlier = { ...declared, tags: { team: 'web' } };
    expect(changedInstance({ ...declared, tags }, { standing: tagged, earlier })).toEqual(
      refused ? [{ pointer: '#/origin/newInstance/tags', detail: expect.stringContaining('"team" stand') }] : [],
    );
  });
});
