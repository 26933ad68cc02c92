import { afterEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { guarded } from '../../../aws/probes/connect.ts';
import { fetchPlainPage } from '../../../aws/probes/fetch-page.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { HOSTILE_ADDRESSES, HOSTILE_IPV4, HOSTILE_IPV6, WRAPPED } from '../../support/hostile.ts';
import { a, aaaa, NameServers } from '../../support/name-servers.ts';

const REACHED = ['198.41.0.4', '8.8.8.8', '172.32.0.1', '172.15.0.1', '100.63.0.1', '100.128.0.1', '2600:9000::1'];

let servers: NameServers | undefined;
afterEach(async () => {
  await servers?.stop();
});

describe('isPublicAddress()', () => {
  test(`S4, S5, B10: says no to each of ${HOSTILE_ADDRESSES.length} hostile forms`, () => {
    expect(HOSTILE_ADDRESSES.length).toBeGreaterThanOrEqual(200);
    expect(new Set(HOSTILE_ADDRESSES).size).toBe(HOSTILE_ADDRESSES.length);
    expect(HOSTILE_ADDRESSES.filter((address) => isPublicAddress(address))).toEqual([]);
  });

  test.each([...REACHED, '2a00:1450:4001:81b::200e', '2001:4860:4860::8888', '3ffe::1'])(
    'says yes to %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test('says yes to documentation addresses in the small internet only, and to nothing else there', () => {
    const ours = ['192.0.2.1', '198.51.100.7', '203.0.113.7', '2001:db8::7'];
    expect(ours.filter((address) => isPublicAddress(address, { documentation: true }))).toEqual(ours);
    const let_in = HOSTILE_ADDRESSES.filter((address) => isPublicAddress(address, { documentation: true }));
    expect(let_in.filter((address) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/.test(address))).toEqual([]);
  });
});

describe('a probe', () => {
  test('S4: opens no connection to any of the hostile forms, given as they are', async () => {
    const opened: string[] = [];
    const connect = guarded((address) => {
      opened.push(address);
      throw new Error('opened');
    });
    const outcomes = await Promise.all(
      HOSTILE_ADDRESSES.map((address) =>
        fetchPlainPage({ address, port: 80, name: 'shop.test', path: '/' }, { connect, timeoutMs: 100 }).catch(
          ({ failure }: { failure: string }) => failure,
        ),
      ),
    );
    expect(opened).toEqual([]);
    expect(new Set(outcomes)).toEqual(new Set(['ERR_NOT_PUBLIC']));
  });

  test('S15: opens none to those that a name server answers with', async () => {
    const ROOT = '198.41.0.4';
    const ipv6 = [...WRAPPED, ...HOSTILE_IPV6];
    servers = await NameServers.start({
      [ROOT]: ({ name, type }) => ({
        answers:
          type === 'A'
            ? HOSTILE_IPV4.map((address) => a(name, address))
            : ipv6.map((address) => aaaa(name, new URL(`http://[${address}]`).hostname.slice(1, -1))),
      }),
    });
    const dns = new Resolver({ connect: servers.connect, roots: [ROOT] });
    const told = await dns.addresses('shop.test');
    expect(told.length).toBeGreaterThan(150);
    expect(told.filter((address) => isPublicAddress(address))).toEqual([]);
  });
});
