import { afterEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { guarded } from '../../../aws/probes/connect.ts';
import { fetchPlainPage } from '../../../aws/probes/fetch-page.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { a, aaaa, NameServers } from '../../support/name-servers.ts';

/** First, some and last addresses of what no probe may reach. */
const HOSTILE_IPV4 = [
  ...['0.0.0.0', '0.0.0.1', '0.255.255.255'],
  ...['10.0.0.0', '10.0.0.2', '10.1.2.3', '10.255.255.255'],
  ...['100.64.0.0', '100.64.0.1', '100.100.100.200', '100.127.255.255'],
  ...['127.0.0.0', '127.0.0.1', '127.0.0.53', '127.1.2.3', '127.255.255.254', '127.255.255.255'],
  ...['169.254.0.0', '169.254.169.123', '169.254.169.253', '169.254.169.254', '169.254.170.2', '169.254.255.255'],
  ...['172.16.0.0', '172.16.0.1', '172.17.0.1', '172.31.255.255'],
  ...['192.0.0.0', '192.0.0.8', '192.0.0.170', '192.0.0.192', '192.0.0.255'],
  ...['192.0.2.0', '192.0.2.1', '192.0.2.255', '198.51.100.0', '198.51.100.7', '203.0.113.0', '203.0.113.255'],
  ...['192.31.196.0', '192.31.196.255', '192.52.193.0', '192.52.193.255', '192.175.48.0', '192.175.48.6'],
  ...['192.88.99.0', '192.88.99.1', '192.88.99.255'],
  ...['192.168.0.0', '192.168.0.1', '192.168.1.1', '192.168.255.255'],
  ...['198.18.0.0', '198.18.0.1', '198.19.255.255'],
  ...['224.0.0.0', '224.0.0.1', '224.0.0.251', '239.255.255.250', '239.255.255.255'],
  ...['240.0.0.0', '240.0.0.1', '254.255.255.255', '255.255.255.254', '255.255.255.255'],
];

const hex = (ipv4: string): [string, string] => {
  const [one = 0, two = 0, three = 0, four = 0] = ipv4.split('.').map(Number);
  return [((one << 8) | two).toString(16), ((three << 8) | four).toString(16)];
};

/** Every form that wraps an IPv4 address, in both spellings. */
const WRAPPED = ['127.0.0.1', '169.254.169.254', '10.0.0.2', '192.168.1.1', '0.0.0.0', '8.8.8.8'].flatMap((ipv4) => {
  const [high, low] = hex(ipv4);
  return [
    `::ffff:${ipv4}`, // IPv4-mapped
    `::ffff:${high}:${low}`,
    `0:0:0:0:0:ffff:${high}:${low}`,
    `::${ipv4}`, // IPv4-compatible
    `::${high}:${low}`,
    `::ffff:0:${ipv4}`, // SIIT
    `::ffff:0:${high}:${low}`,
    `64:ff9b::${ipv4}`, // NAT64
    `64:ff9b::${high}:${low}`,
    `64:ff9b:1::${ipv4}`, // NAT64 of one's own
    `64:ff9b:1:abcd::${high}:${low}`,
    `2002:${high}:${low}::`, // 6to4
    `2002:${high}:${low}::1`,
    `2001:0:${high}:${low}::`, // Teredo, by its server
    `2001:0:4136:e378:8000:63bf:${high}:${low}`,
    `fe80::5efe:${ipv4}`, // ISATAP
  ];
});

const HOSTILE_IPV6 = [
  ...['::', '::1', '::2', '::ffff', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ...['100::', '100::1', '100:0:0:1::1', '100::ffff:ffff:ffff:ffff'],
  ...['2001::', '2001:0:ffff::1', '2001:1::1', '2001:1::2', '2001:1::3', '2001:2::', '2001:2::1', '2001:2:0:ffff::'],
  ...['2001:3::1', '2001:4:112::1', '2001:10::1', '2001:1f:ffff::1', '2001:20::1', '2001:2f:ffff::1', '2001:30::1'],
  ...['2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::', '2001:db8::7', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ...['2620:4f:8000::', '2620:4f:8000::1', '2002::', '2002:ffff:ffff:ffff::', '3fff::', '3fff:fff::1'],
  ...[
    '4000::',
    '5f00::',
    '5f00::1',
    '5f00:ffff::',
    '8000::1',
    'c000::1',
    'e000::1',
    '1fff:ffff::1',
    '400::1',
    '800::1',
  ],
  ...['fc00::', 'fc00::1', 'fd00::1', 'fd00:ec2::23', 'fd00:ec2::253', 'fd00:ec2::254', 'fdff:ffff::1'],
  ...['fe80::', 'fe80::1', 'fe80::a9fe:a9fe', 'febf::1', 'fec0::', 'fec0::1', 'feff::1'],
  ...['ff00::', 'ff02::1', 'ff02::fb', 'ff05::2', 'ff0e::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];

const NO_ADDRESS = [
  ...[
    '0x7f.1',
    '0x7f000001',
    '0x7f.0.0.1',
    '2130706433',
    '017700000001',
    '127.1',
    '127.0.1',
    '0177.0.0.1',
    '127.0.0.01',
  ],
  ...['①②⑦.0.0.1', '127。0。0。1', '１２７.0.0.1', 'localhost', 'localhost.', 'ip6-localhost', '', ' ', '*', '0', '-1'],
  ...[
    '127.0.0.1:80',
    '[::1]',
    '[::1]:80',
    '::1%lo',
    'fe80::1%eth0',
    'fe80::1%25eth0',
    '2600:9000::1%eth0',
    '8.8.8.8%1',
  ],
  ...[
    '127.0.0.1 ',
    ' 127.0.0.1',
    '8.8.8.8\n',
    '8.8.8.8\0',
    '127.0.0.1/8',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '::g',
    ':::1',
  ],
  ...['1::2::3', '::ffff:127.0.0.256', 'http://8.8.8.8', '169.254.169.254.nip.io', 'instance-data.ec2.internal'],
];

const CORPUS = [...HOSTILE_IPV4, ...WRAPPED, ...HOSTILE_IPV6, ...NO_ADDRESS];

const REACHED = ['198.41.0.4', '8.8.8.8', '172.32.0.1', '172.15.0.1', '100.63.0.1', '100.128.0.1', '2600:9000::1'];

let servers: NameServers | undefined;
afterEach(async () => {
  await servers?.stop();
});

describe('isPublicAddress()', () => {
  test(`S4, S5, B10: says no to each of ${CORPUS.length} hostile forms`, () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(CORPUS).size).toBe(CORPUS.length);
    expect(CORPUS.filter((address) => isPublicAddress(address))).toEqual([]);
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
    const let_in = CORPUS.filter((address) => isPublicAddress(address, { documentation: true }));
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
      CORPUS.map((address) =>
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
