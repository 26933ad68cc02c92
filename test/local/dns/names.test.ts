import { expect, test } from '@jest/globals';
import { createNames } from '../../../local/dns/names.ts';
import { aDnsWorld } from './world.ts';

test('createNames() leaves nothing listening when it is closed', () => {
  const { clock, draws, internet, names } = aDnsWorld();
  expect(() => createNames({ clock, draws }, internet)).toThrow('it is taken');
  names.close();
  for (const address of ['198.41.0.4', '192.5.6.30', '192.0.2.1', '192.0.2.250', '198.51.100.53']) {
    expect(internet.reach('198.51.100.7', { address, port: 53 })).toBe('unreachable');
  }
  expect(() => createNames({ clock, draws }, internet)).not.toThrow();
});

test('a second world in the same process has addresses of its own', async () => {
  const [one, two] = [aDnsWorld(), aDnsWorld()];
  one.names.registrar.setRecords('shop.example.test', { type: 'A', ttlSeconds: 60, data: ['203.0.113.1'] });
  expect(await one.names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'NOERROR' });
  expect(await two.names.resolver.resolve('shop.example.test', 'A')).toMatchObject({ rcode: 'NXDOMAIN' });
});
