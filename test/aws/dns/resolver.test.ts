import { afterEach, describe, expect, test } from '@jest/globals';
import { DnsFailure } from '../../../aws/dns/query.ts';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { a, aaaa, cname, type NameServer, NameServers, ns, soa } from '../../support/name-servers.ts';

const ROOT = '198.41.0.4';
const TEST = '192.0.2.1';
const EXAMPLE = '192.0.2.2';
const AWS = '192.0.2.3';

let servers: NameServers;
afterEach(async () => {
  await servers.stop();
});

const root: NameServer = () => ({
  authorities: [ns('test', 'ns.test')],
  additionals: [a('ns.test', TEST), a('ns.elsewhere.example', '203.0.113.66')],
});
const top: NameServer = ({ name }) =>
  name.endsWith('example.test')
    ? { authorities: [ns('example.test', 'NS1.example.test.')], additionals: [a('ns1.example.test', EXAMPLE)] }
    : { rcode: 'NXDOMAIN', authorities: [soa('test')] };

async function resolver(listed: Record<string, NameServer>, timeoutMs = 1_000): Promise<Resolver> {
  servers = await NameServers.start(listed);
  return new Resolver({ connect: servers.connect, roots: [ROOT], timeoutMs });
}

describe('Resolver', () => {
  test('asks from the root down to the servers of the zone', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ type }) =>
        type === 'A'
          ? { answers: [a('SHOP.example.test', '203.0.113.7')] }
          : { answers: [aaaa('shop.example.test', '2001:db8::7')] },
    });
    expect(await dns.addresses('shop.example.test')).toEqual(['203.0.113.7', '2001:db8::7']);
  });

  test('asks the same question once', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: () => ({ answers: [a('shop.example.test', '203.0.113.7')] }),
    });
    await dns.lookup('shop.example.test', 'A');
    await dns.lookup('shop.example.test', 'A');
    expect(servers.asked).toEqual([
      `${ROOT} shop.example.test A`,
      `${TEST} shop.example.test A`,
      `${EXAMPLE} shop.example.test A`,
    ]);
  });

  test('starts at the deepest zone it knows', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name }) => ({ answers: [a(name, '203.0.113.7')] }),
    });
    await dns.lookup('shop.example.test', 'A');
    await dns.lookup('www.example.test', 'A');
    expect(servers.asked.slice(3)).toEqual([`${EXAMPLE} www.example.test A`]);
  });

  test('follows CNAMEs across zones', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name }) =>
        name === 'www.example.test'
          ? { answers: [cname('www.example.test', 'Shop.example.test.')] }
          : { answers: [a('shop.example.test', '203.0.113.7')] },
    });
    expect(await dns.resolve('www.example.test', 'A')).toMatchObject([{ name: 'shop.example.test' }]);
  });

  test('gives up a chain of CNAMEs that never ends', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name }) => ({ answers: [cname(name, name)] }),
    });
    await expect(dns.resolve('www.example.test', 'A')).rejects.toThrow('CNAMEs in a row');
  });

  test('finds the address of a name server that came without one', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: ({ name }) =>
        name === 'shop.test' ? { authorities: [ns('shop.test', 'ns1.example.test')] } : top({ name, type: 'A' }),
      [EXAMPLE]: ({ name }) =>
        name === 'ns1.example.test' ? { answers: [a(name, EXAMPLE)] } : { answers: [a(name, '203.0.113.7')] },
    });
    expect(await dns.resolve('shop.test', 'A')).toMatchObject([{ data: '203.0.113.7' }]);
  });

  test('looks the address of a name server up once, for all questions that need it at once or later', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: ({ name }) =>
        name.endsWith('shop.test') ? { authorities: [ns('shop.test', 'ns1.example.test')] } : top({ name, type: 'A' }),
      [EXAMPLE]: ({ name }) => ({ answers: [a(name, name === 'ns1.example.test' ? EXAMPLE : '203.0.113.7')] }),
    });
    const names = ['shop.test', 'www.shop.test', 'blog.shop.test'];
    await Promise.all(names.map((name) => dns.resolve(name, 'A')));
    expect(await dns.resolve('later.shop.test', 'A')).toMatchObject([{ data: '203.0.113.7' }]);
    expect(servers.asked.filter((question) => question.endsWith(' ns1.example.test A'))).toEqual([
      `${TEST} ns1.example.test A`,
      `${EXAMPLE} ns1.example.test A`,
    ]);
  });

  test('zones whose name servers lie in each other lead nowhere, however many ask at once, and none waits for good', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: ({ name }) =>
        name.endsWith('one.test')
          ? { authorities: [ns('one.test', 'ns.two.test')] }
          : { authorities: [ns('two.test', 'ns.one.test')] },
    });
    const names = ['one.test', 'two.test', 'www.one.test', 'www.two.test'];
    const asked = await Promise.allSettled(names.map((name) => dns.resolve(name, 'A')));
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  test('S15: believes no address for a name outside the zone that tells it', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: ({ name }) =>
        name === 'shop.test'
          ? { authorities: [ns('shop.test', 'ns.elsewhere.org')], additionals: [a('ns.elsewhere.org', EXAMPLE)] }
          : { rcode: 'NXDOMAIN', authorities: [soa('test')] },
      [EXAMPLE]: () => ({ answers: [a('shop.test', '203.0.113.66')] }),
    });
    await expect(dns.resolve('shop.test', 'A')).rejects.toThrow(DnsFailure);
    expect(servers.asked).not.toContain(`${EXAMPLE} shop.test A`);
  });

  test('goes on to the next name server when one refuses, fails, or says nothing', async () => {
    const dns = await resolver(
      {
        [ROOT]: root,
        [TEST]: () => ({
          authorities: ['gone', 'broken', 'silent', 'lame', 'good'].map((host) => ns('example.test', `${host}.test`)),
          additionals: [
            a('gone.test', '192.0.2.99'),
            a('broken.test', '192.0.2.10'),
            a('silent.test', '192.0.2.11'),
            a('lame.test', '192.0.2.12'),
            a('good.test', EXAMPLE),
          ],
        }),
        '192.0.2.10': () => ({ rcode: 'SERVFAIL' }),
        '192.0.2.11': () => undefined,
        '192.0.2.12': () => ({ authoritative: false, answers: [a('example.test', '203.0.113.66')] }),
        [EXAMPLE]: () => ({ answers: [a('example.test', '203.0.113.7')] }),
      },
      200,
    );
    expect(await dns.resolve('example.test', 'A')).toMatchObject([{ data: '203.0.113.7' }]);
  });

  test('gives up in time to say so, however many name servers are silent', async () => {
    servers = await NameServers.start({ [ROOT]: () => undefined, [TEST]: () => undefined });
    const dns = new Resolver({
      connect: servers.connect,
      roots: Array(50).fill(ROOT),
      timeoutMs: 1_000,
      deadlineMs: 2_500,
    });
    await expect(dns.resolve('example.test', 'A')).rejects.toThrow('out of time');
    expect(servers.asked.length).toBeLessThan(5);
  });

  test.each(['EAFNOSUPPORT', 'EPERM', 'EINVAL', 'ENETUNREACH'])(
    'A2: judges no name server by its IPv6 address alone: %s',
    async (code) => {
      const dns = await resolver({
        [ROOT]: root,
        [TEST]: () => ({
          authorities: [ns('example.test', 'ns1.example.test')],
          additionals: [aaaa('ns1.example.test', '2001:db8::53')],
        }),
      });
      servers.fails('2001:db8::53', code);
      const message = 'Cannot ask 2001:db8::53 for "example.test" A: IPv6 cannot be judged from here';
      await expect(dns.resolve('example.test', 'A')).rejects.toThrow(message);
    },
  );

  test('asks a name server over IPv6 that has no IPv4 address', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: ({ name, type }) => {
        if (name === 'shop.test') return { authorities: [ns('shop.test', 'ns6.test')] };
        return type === 'AAAA' ? { answers: [aaaa(name, '2001:db8::53')] } : { authorities: [soa('test')] };
      },
      '2001:db8::53': ({ name }) => ({ answers: [a(name, '203.0.113.7')] }),
    });
    expect(await dns.resolve('shop.test', 'A')).toMatchObject([{ data: '203.0.113.7' }]);
  });

  test('S4: never connects to an address that is not public, wherever DNS leads', async () => {
    servers = await NameServers.start({});
    const dns = new Resolver({ roots: ['127.0.0.1'] });
    await expect(dns.resolve('example.test', 'A')).rejects.toThrow('not a public address');
  });
});

describe('Resolver.referral()', () => {
  const delegating: NameServer = ({ name, type }) =>
    type === 'DS'
      ? { authorities: [soa('example.test')] }
      : { authorities: [ns(name, 'ns-2.awsdns-2.net.'), ns(name, 'ns-1.awsdns-1.com')] };

  test('tells the name servers that the parent delegates to', async () => {
    const dns = await resolver({ [ROOT]: root, [TEST]: top, [EXAMPLE]: delegating });
    expect(await dns.referral('shop.example.test')).toEqual({
      parent: 'example.test',
      nameServers: ['ns-1.awsdns-1.com', 'ns-2.awsdns-2.net'],
      glue: [],
    });
    expect(await dns.hasDs('shop.example.test')).toBe(false);
  });

  test('tells that the parent delegates nothing, and which zone that is', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: () => ({ rcode: 'NXDOMAIN', authorities: [soa('example.test')] }),
    });
    expect(await dns.referral('shop.example.test')).toEqual({ parent: 'example.test', nameServers: [], glue: [] });
  });

  test('does not ask the zone itself, even when it knows its servers', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name, type }) =>
        name === 'shop.example.test' && type === 'A'
          ? { authorities: [ns(name, 'ns.shop.example.test')], additionals: [a('ns.shop.example.test', AWS)] }
          : delegating({ name, type }),
      [AWS]: () => ({ answers: [a('shop.example.test', '203.0.113.7')] }),
    });
    await dns.lookup('shop.example.test', 'A');
    await dns.referral('shop.example.test');
    expect(servers.asked.at(-1)).toBe(`${EXAMPLE} shop.example.test NS`);
  });

  test('R17: sees a DS record at the parent', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name }) => ({
        answers: [{ type: 'DS', name, data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) } }],
      }),
    });
    expect(await dns.hasDs('shop.example.test')).toBe(true);
  });

  test('fails when the parent cannot be asked: silence is not "no delegation"', async () => {
    const dns = await resolver({ [ROOT]: root, [TEST]: top });
    await expect(dns.referral('shop.example.test')).rejects.toThrow(DnsFailure);
  });
});

describe('Resolver.ask()', () => {
  test('asks one server of a zone by its name', async () => {
    const dns = await resolver({
      [ROOT]: root,
      [TEST]: top,
      [EXAMPLE]: ({ name, type }) =>
        type === 'TXT' ? { answers: [{ type: 'TXT', name, data: 'x' }] } : { answers: [a(name, EXAMPLE)] },
    });
    const { answers } = await dns.ask('ns1.example.test', { name: 'shop.example.test', type: 'TXT' });
    expect(answers).toHaveLength(1);
  });
});
