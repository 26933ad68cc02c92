import { afterEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { type Connect, guarded } from '../../../aws/probes/connect.ts';
import { a, cname, type NameServer, NameServers, ns } from '../../support/name-servers.ts';

const ROOT = '198.41.0.4';
const HOSTILE = '9.9.9.1';
const MANY = 1_000;

let servers: NameServers;
afterEach(async () => {
  await servers.stop();
});

/** Counts the connections, by address and how many were open at once. */
class Counted {
  readonly to: string[] = [];
  most = 0;
  #open = 0;

  through(connect: Connect): Connect {
    return (address, port) => {
      this.to.push(address);
      this.#open += 1;
      this.most = Math.max(this.most, this.#open);
      return connect(address, port).once('close', () => {
        this.#open -= 1;
      });
    };
  }
}

async function hostile(listed: Record<string, NameServer>): Promise<{ dns: Resolver; counted: Counted }> {
  servers = await NameServers.start(listed);
  const counted = new Counted();
  return {
    dns: new Resolver({ connect: guarded(counted.through(servers.connect)), roots: [ROOT] }),
    counted,
  };
}

const numbered = Array.from({ length: MANY }, (_, place) => place);
const toTest: NameServer = () => ({ authorities: [ns('test', 'ns.test')], additionals: [a('ns.test', HOSTILE)] });

describe('B8: a hostile name server', () => {
  test('that names 1,000 name servers with an address each costs 13 connections more', async () => {
    const { dns, counted } = await hostile({
      [ROOT]: toTest,
      [HOSTILE]: () => ({
        authorities: numbered.map((place) => ns('shop.test', `ns${place}.test`)),
        additionals: numbered.map((place) => a(`ns${place}.test`, `9.${place >> 8}.${place & 255}.7`)),
      }),
    });
    await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('answers for "shop.test" (987 more were not asked)');
    expect(counted.to).toHaveLength(2 + 13);
  });

  test('that gives one name server 1,000 addresses costs 4 connections more', async () => {
    const { dns, counted } = await hostile({
      [ROOT]: toTest,
      [HOSTILE]: () => ({
        authorities: [ns('shop.test', 'ns1.test')],
        additionals: numbered.map((place) => a('ns1.test', `9.${place >> 8}.${place & 255}.7`)),
      }),
    });
    await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('ECONNREFUSED');
    expect(counted.to).toHaveLength(2 + 4);
  });

  test('that names one name server and one address 1,000 times costs 1 connection more', async () => {
    const { dns, counted } = await hostile({
      [ROOT]: toTest,
      [HOSTILE]: () => ({
        authorities: numbered.map(() => ns('shop.test', 'ns1.test')),
        additionals: numbered.map(() => a('ns1.test', '9.8.7.6')),
      }),
    });
    await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('ECONNREFUSED');
    expect(counted.to).toHaveLength(2 + 1);
  });

  test('that leads to name servers in zones whose name servers lie in other zones, and so on, costs 100 questions', async () => {
    const { dns } = await hostile({
      [ROOT]: toTest,
      // No two are alike: none is known from before.
      [HOSTILE]: ({ name }) => ({
        authorities: numbered.slice(0, 13).map((place) => {
          const zone = name.split('.').slice(-2).join('.');
          return ns(zone, `ns.x${place}-${zone.length > 40 ? 'x' : zone.replace('.', '-')}.test`);
        }),
      }),
    });
    await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('No name server of "shop.test" answers');
    expect(servers.asked.length).toBeLessThanOrEqual(100);
  });

  test('that has 1,000 name servers for a zone is asked through 13 of them, few at once, and the others are told', async () => {
    const names = numbered.map((place) => `ns${place}.test`);
    const addresses = names.slice(0, 13).map((_, place) => `9.9.8.${place + 1}`);
    const { dns, counted } = await hostile({
      [ROOT]: toTest,
      [HOSTILE]: () => ({
        authorities: names.map((name) => ns('shop.test', name)),
        additionals: names.map((name, place) => a(name, addresses[place] ?? '9.9.8.99')),
      }),
      ...Object.fromEntries(addresses.map((address) => [address, () => ({ answers: [a('shop.test', '9.9.9.9')] })])),
    });
    const { said, leftOut } = await dns.everyServer({ name: 'shop.test', type: 'A' });
    expect(said).toHaveLength(13);
    expect(leftOut).toBe(MANY - 13);
    expect(counted.most).toBeLessThanOrEqual(8);
  });

  test('that answers with one address 1,500 times has told one', async () => {
    const { dns } = await hostile({
      [ROOT]: ({ type }) => ({ answers: type === 'A' ? Array(1_500).fill(a('shop.test', '9.9.9.9')) : [] }),
    });
    expect(await dns.addresses('shop.test')).toEqual(['9.9.9.9']);
  });

  test('that answers with ever new CNAMEs is left after 8', async () => {
    const { dns } = await hostile({
      [ROOT]: ({ name }) => ({ answers: [cname(name, `x${name}`)] }),
    });
    await expect(dns.resolve('shop.test', 'A')).rejects.toThrow('more than 8 CNAMEs in a row');
    expect(servers.asked).toHaveLength(9);
  });

  test('that delegates ever deeper is left after 16 delegations', async () => {
    const name = `${'a.'.repeat(100)}test`;
    const { dns } = await hostile({
      [ROOT]: toTest,
      [HOSTILE]: () => {
        const depth = servers.asked.length;
        const zone = name.split('.').slice(-depth).join('.');
        return { authorities: [ns(zone, `ns.${zone}`)], additionals: [a(`ns.${zone}`, HOSTILE)] };
      },
    });
    await expect(dns.lookup(name, 'A')).rejects.toThrow('too many delegations in a row');
    expect(servers.asked).toHaveLength(16);
  });

  test.each(['127.0.0.1', '169.254.169.253', '169.254.169.254', '10.0.0.2', '192.0.2.1'])(
    'B10: that delegates to %s has nobody asked there',
    async (address) => {
      const { dns, counted } = await hostile({
        [ROOT]: () => ({ authorities: [ns('test', 'ns.test')], additionals: [a('ns.test', address)] }),
        [address]: () => ({ answers: [a('shop.test', '9.9.9.9')] }),
      });
      await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('it is not a public address');
      expect(counted.to).toEqual([ROOT]);
    },
  );

  test('S14: that puts control characters into names has them told as text', async () => {
    const { dns } = await hostile({
      [ROOT]: () => ({ authorities: [ns('test', 'ns\u001b[31m.test')] }),
    });
    await expect(dns.lookup('shop.test', 'A')).rejects.toThrow('ns\\u{1b}[31m.test');
  });
});
