import { expect, test } from '@jest/globals';
import { providerRoutes } from '../../../local/inspect/provider.ts';
import { aDnsWorld } from '../dns/world.ts';

function aForm() {
  const { names } = aDnsWorld();
  const routes = providerRoutes(names.otherProvider);
  return (
    method: string,
    path: string,
    { body, id = '', query = '' }: { body?: object; id?: string; query?: string },
  ) => {
    const route = routes.find((each) => each.method === method && each.path === path);
    if (!route) throw new Error(`There is no ${method} ${path}`);
    return route.answer({ id, query: new URLSearchParams(query), body });
  };
}

const record = { name: 'shop.example.test', type: 'CNAME', values: ['www.example.com'] };

test('a zone is taken there, a record entered, shown and removed', async () => {
  const form = aForm();
  await form('POST', '/_local/dns/zones', { body: { name: 'example.test' } });
  expect(await form('POST', '/_local/dns/records', { body: { ...record, proxied: true } })).toMatchObject({
    status: 200,
  });
  expect(await form('GET', '/_local/dns', {})).toEqual({
    status: 200,
    body: {
      zones: [
        {
          name: 'example.test',
          nameServers: ['ns1.other-dns.net', 'ns2.other-dns.net'],
          records: [{ ...record, proxied: true }],
        },
      ],
    },
  });
  const gone = { id: record.name, query: 'type=CNAME' };
  expect(await form('DELETE', '/_local/dns/records/{id}', gone)).toMatchObject({ status: 200 });
  expect(await form('DELETE', '/_local/dns/records/{id}', gone)).toEqual({
    status: 400,
    body: { error: 'Cannot remove "shop.example.test" CNAME: there is none' },
  });
});

test.each([
  [{ ...record, colour: 'red' }, '"colour" is none of name, type, values, ttlSeconds, relative, proxied'],
  [{ ...record, name: 7 }, '"name" must be a string'],
  [{ ...record, type: 'SRV' }, '"type" must be one of A, AAAA, ALIAS, CAA, CNAME, MX, NS, TXT'],
  [{ ...record, values: [] }, '"values" must be a list of strings'],
  [{ ...record, ttlSeconds: -1 }, '"ttlSeconds" must be a whole number'],
  [{ ...record, relative: 'yes' }, '"relative" must be true or false'],
])('the form refuses %j and says why', async (body, why) => {
  const refused = await aForm()('POST', '/_local/dns/records', { body });
  expect(refused).toEqual({ status: 400, body: { error: `Cannot enter the record: ${why}` } });
});

test('a zone must have a name, and one that can be delegated', async () => {
  const form = aForm();
  expect(await form('POST', '/_local/dns/zones', { body: {} })).toMatchObject({ status: 400 });
  expect(await form('POST', '/_local/dns/zones', { body: { name: 'shop.unheard-of' } })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('Cannot delegate "shop.unheard-of"') },
  });
});
