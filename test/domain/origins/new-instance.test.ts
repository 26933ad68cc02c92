import { describe, expect, test } from '@jest/globals';
import { needsElasticIp } from '../../../domain/edges/edge.ts';
import { hasInstance, instanceOf } from '../../../domain/origins/instance.ts';
import { WEB_SERVERS, withNewInstance } from '../../../domain/origins/new-instance.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { originShown } from '../../../domain/origins/shown-origin.ts';
import { defaultUserData } from '../../../domain/servers/default-user-data.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import type { Site } from '../../../domain/sites/site.ts';

const document = (newInstance: object, more: object = {}) =>
  declareSite({ domain: 'shop.example.test', origin: { newInstance: { type: 't4g.micro', ...newInstance } }, ...more });

function declared(newInstance: object = {}, more: object = {}): Site {
  const { site } = document(newInstance, more);
  if (!site) throw new Error('The document has faults');
  return site;
}

describe('an instance that is created for a site', () => {
  test('has the defaults of one that exists, and is one once it is created', () => {
    const site = declared();
    expect(site.origin).toEqual({
      newInstance: { type: 't4g.micro', image: 'al2023', diskGiB: 8, port: 80, healthPath: '/' },
    });
    expect([hasInstance(site), instanceOf(site).id]).toEqual([true, '(new instance)']);
    const created = withNewInstance(site, { id: 'i-0123456789abcdef0' });
    expect(originOf(created)).toMatchObject({
      id: 'i-0123456789abcdef0',
      target: { id: 'i-0123456789abcdef0', port: 80 },
      pointer: '#/origin/newInstance',
    });
  });

  test('has an address that stays where a name leads to it, or where that is asked for', () => {
    expect(needsElasticIp(declared())).toBe(false);
    expect(needsElasticIp(declared({ elasticIp: true }))).toBe(true);
    expect(needsElasticIp(declared({}, { edge: 'direct' }))).toBe(true);
  });

  test.each([
    ['type', 'micro'],
    ['diskGiB', 4],
    ['sshFrom', ['everyone']],
    ['subnet', 'default'],
    ['image', 'debian'],
    ['id', 'i-0123456789abcdef0'],
    ['server', 'lighttpd'],
    ['port', 8080],
    ['healthPath', '/well'],
    ['userData', 'x'.repeat(16_385)],
    ['tags', { 'AWS:team': 'shop' }],
    ['tags', { 'nameplate:tenant': 'acme' }],
    ['tags', { ['k'.repeat(129)]: '' }],
    ['tags', { team: 'x'.repeat(257) }],
    ['tags', Object.fromEntries(Array.from({ length: 49 }, (_, place) => [`tag ${place}`, '']))],
  ])('%s %j is refused', (field, value) => {
    const { errors = [] } = document({ [field]: value });
    expect(errors.map(({ pointer }) => pointer)).toEqual([expect.stringContaining('#/origin')]);
  });

  test('takes as many tags as AWS takes beside ours, and shows them', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 48 }, (_, place) => [`${place}`.padEnd(128), 'x'.repeat(256)]),
    );
    expect(originShown(declared({ tags }).origin)).toMatchObject({ newInstance: { tags } });
  });

  test('user data may serve another port and path, is never shown, and counts at the first boot alone', () => {
    const site = declared({ userData: '#!/bin/sh\nsecret', port: 8080, healthPath: '/well' });
    expect(JSON.stringify(originShown(site.origin))).not.toContain('secret');
    expect(differingFields(declared({ userData: '#!/bin/sh', port: 8080, healthPath: '/well' }), site)).toEqual([]);
  });

  test('installs the web server that is named, or what user data installs, not both', () => {
    expect(originShown(declared({ server: 'nginx' }).origin)).toMatchObject({ newInstance: { server: 'nginx' } });
    expect(document({ server: 'nginx', userData: '#!/bin/sh' }).errors).toMatchObject([
      { pointer: '#/origin/newInstance/server' },
    ]);
  });

  test('is the same in a document that leaves its subnet out, and another in one that names another', () => {
    const site = withNewInstance(declared(), { id: 'i-0123456789abcdef0', subnet: 'subnet-0000000a' });
    expect(differingFields(declared(), site)).toEqual([]);
    expect(differingFields(declared({ subnet: 'subnet-0000000b' }), site)).toHaveLength(1);
  });
});

test.each(WEB_SERVERS)('the welcome page of %s is safe in HTML and in the user data, whatever the name', (server) => {
  const [first, ...rest] = defaultUserData('<shop>.test', server).split('\n');
  expect(first).toBe('#cloud-config');
  const config = JSON.parse(rest.join('\n')) as { write_files: { content: string }[] };
  expect(config.write_files[0]?.content).toContain('<h1>&lt;shop&gt;.test</h1>');
});
