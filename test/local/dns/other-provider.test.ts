import { expect, test } from '@jest/globals';
import { PROXY_ADDRESSES } from '../../../local/dns/hosted-elsewhere.ts';
import type { Entry } from '../../../local/dns/other-provider.ts';
import { aDnsWorld } from './world.ts';

const ZONE = 'example.test';
const SHOP = 'shop.example.test';

function aProvider() {
  const { names } = aDnsWorld();
  names.otherProvider.addZone(ZONE);
  const enter = (entry: Partial<Entry>) =>
    names.otherProvider.enter({ name: SHOP, type: 'CNAME', values: ['www.example.com'], ...entry });
  const ask = async (name: string, type: string) => {
    const { answers } = await names.freshResolver.resolve(name, type);
    return answers.filter((record) => record.type === type).map(({ data }) => String(data));
  };
  return { names, enter, ask };
}

test('a zone that is taken there is delegated there, and given back when it goes', async () => {
  const { names, enter, ask } = aProvider();
  expect(names.registrar.delegation(ZONE)).toEqual(['ns1.other-dns.net', 'ns2.other-dns.net']);
  enter({ type: 'A', values: ['203.0.113.7'] });
  expect(await ask(SHOP, 'A')).toEqual(['203.0.113.7']);
  names.otherProvider.removeZone(ZONE);
  expect(names.registrar.delegation(ZONE)).toEqual(['ns1.registrar.test']);
  expect(await ask(SHOP, 'A')).toEqual([]);
});

test('a record is replaced under its type, and removed once', () => {
  const { names, enter } = aProvider();
  enter({ values: ['one.example.com'] });
  enter({ values: ['two.example.com'] });
  expect(names.otherProvider.zones()[0]?.records).toMatchObject([{ name: SHOP, values: ['two.example.com'] }]);
  expect([names.otherProvider.remove(SHOP, 'CNAME'), names.otherProvider.remove(SHOP, 'CNAME')]).toEqual([true, false]);
});

test('a form that takes names for relative appends the zone, unless they end in a dot', async () => {
  const { enter, ask } = aProvider();
  enter({ relative: true });
  expect(await ask(`${SHOP}.${ZONE}`, 'CNAME')).toEqual([`www.example.com.${ZONE}`]);
  enter({ name: `${SHOP}.`, values: ['www.example.com.'], relative: true });
  expect(await ask(SHOP, 'CNAME')).toEqual(['www.example.com']);
});

test('a proxied name answers with the addresses of the provider, and with no CNAME', async () => {
  const { enter, ask } = aProvider();
  enter({ proxied: true });
  expect(await ask(SHOP, 'A')).toEqual(PROXY_ADDRESSES);
  expect(await ask(SHOP, 'CNAME')).toEqual([]);
});

test('an ALIAS answers with the addresses of the AWS name, at the apex too', async () => {
  const { names, enter, ask } = aProvider();
  const target = 'np-1.us-east-1.elb.amazonaws.com';
  names.awsNames.set(target, { zoneId: 'Z1', a: () => ['203.0.113.9'], aaaa: () => [], healthy: () => true });
  enter({ name: ZONE, type: 'ALIAS', values: [target] });
  expect(await ask(ZONE, 'A')).toEqual(['203.0.113.9']);
});

test('mistakes are served as they were made: a CNAME at the apex hides what else is there', async () => {
  const { enter, ask } = aProvider();
  enter({ name: ZONE, values: ['www.other.test'] });
  expect(await ask(ZONE, 'CNAME')).toEqual(['www.other.test']);
  expect(await ask(ZONE, 'SOA')).toEqual([]);
});

test('a name that lies in no zone there is refused with the zones that there are', () => {
  const { enter } = aProvider();
  expect(() => enter({ name: 'shop.other.test' })).toThrow(
    'Cannot enter "shop.other.test": it lies in no zone of this provider ("example.test")',
  );
});
