import { describe, expect, test } from '@jest/globals';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { originOf, targetOf, targetsOf } from '../../../domain/origins/origin.ts';
import type { ServerOrigin } from '../../../domain/origins/server.ts';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import { aSite } from '../../support/site.ts';

describe('originOf()', () => {
  const instance = { id: 'i-0123456789abcdef0', port: 8080, healthPath: '/well' };
  const site = aSite({ origin: { instance } });

  test('makes of an instance what a target group registers and what sentences call it', () => {
    expect(originOf(site)).toMatchObject({
      label: 'the instance "i-0123456789abcdef0"',
      port: 8080,
      healthPath: '/well',
      target: { id: instance.id, port: 8080 },
    });
    expect(instanceOf(site)).toEqual(instance);
  });

  test.each([
    [{ address: '203.0.113.7' }, { types: ['A'], values: ['203.0.113.7'] }],
    [{ address: '2001:db8::7' }, { types: ['AAAA'], values: ['2001:db8::7'] }],
    [{ name: 'vm.example.net' }, { name: 'vm.example.net' }],
  ])('leads records of a server to %j, which no target group registers', (at, address) => {
    const server = { ...at, port: 8080, healthPath: '/' } as ServerOrigin['server'];
    expect(originOf({ origin: { server } })).toMatchObject({ scheme: 'http', port: 8080, address });
    expect(originOf({ origin: { server: { ...server, port: 443 } } }).scheme).toBe('https');
    expect(() => targetOf({ origin: { server } })).toThrow('Cannot register the server');
  });

  test('takes a load balancer that exists for something with targets of its own, to which records lead by alias', () => {
    const origin = { loadBalancer: 'arn:lb', healthPath: '/well' };
    expect(originOf({ origin })).toMatchObject({ scheme: 'https', port: 443, healthPath: '/well' });
    expect(originOf({ origin })).not.toHaveProperty('address');
    expect(targetsOf([{ origin }, site])).toEqual([{ id: instance.id, port: 8080 }]);
    expect(() => instanceOf({ origin })).toThrow('its origin is none');
  });

  test('points at where the document declares it', () => {
    const [error] = declareSite({ ...site, origin: { instance: { ...instance, id: 'web-1' } } }).errors ?? [];
    expect(error?.pointer).toBe(`${originOf(site).pointer}/id`);
  });
});
