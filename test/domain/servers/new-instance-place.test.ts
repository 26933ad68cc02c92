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
    ['server', { server: 'nginx' as const }],
  ])('refuses another %s: that takes another instance', (field, change) => {
    expect(changedInstance({ ...declared, ...change }, { standing, earlier: declared })).toEqual([
      { pointer: `#/origin/newInstance/${field}`, detail: expect.stringContaining(`Cannot change "${field}"`) },
    ]);
  });

  test.each([
    ['what was declared, whatever it has by now', 8, 20, undefined],
    ['what it has by now', 20, 20, undefined],
    ['less than it has', 12, 20, 'Cannot shrink the disk'],
    ['more than it has', 40, 20, '--size 40'],
    ['more than was declared, of a disk that was not read', 40, undefined, 'from 8 to 40 GiB'],
  ])('of a disk that was 8 GiB it judges %s', (_, wanted, diskGiB, words) => {
    const errors = changedInstance({ ...declared, diskGiB: wanted }, { standing, earlier: declared, diskGiB });
    const refused = { pointer: '#/origin/newInstance/diskGiB', detail: expect.stringContaining(`${words}`) };
    expect(errors).toEqual(words === undefined ? [] : [refused]);
  });

  test('refuses a web server on an instance that was launched with user data of its own', () => {
    const earlier = { ...declared, userData: '#!/bin/sh' };
    expect(changedInstance(declared, { standing, earlier })).toEqual([]);
    expect(changedInstance({ ...declared, server: 'nginx' }, { standing, earlier })).toEqual([
      { pointer: '#/origin/newInstance/server', detail: expect.stringContaining('user data of its own') },
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
