/** First, some and last addresses of what no probe may reach. */
export const HOSTILE_IPV4 = [
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
export const WRAPPED = ['127.0.0.1', '169.254.169.254', '10.0.0.2', '192.168.1.1', '0.0.0.0', '8.8.8.8'].flatMap(
  (ipv4) => {
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
  },
);

export const HOSTILE_IPV6 = [
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

/** Texts that are no address, or one in a notation that only some programs read. */
export const NO_ADDRESS = [
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

/** Every form of an address that no probe may reach. */
export const HOSTILE_ADDRESSES = [...HOSTILE_IPV4, ...WRAPPED, ...HOSTILE_IPV6, ...NO_ADDRESS];

/** What a person or a program may give as a name, and is none. */
export const HOSTILE_NAMES = [
  ...NO_ADDRESS.filter(
    (text) => !/^(ip6-localhost|instance-data\.ec2\.internal|169\.254\.169\.254\.nip\.io)$/.test(text),
  ),
  ...[
    'localhost.',
    'ip6-localhost',
    'metadata',
    'instance-data.ec2.internal',
    'metadata.google.internal',
    'router.local',
  ],
  ...['1.0.0.127.in-addr.arpa', 'facebookcorewwwi.onion', 'shop.invalid', 'shop.localhost', 'nothing.notatld'],
  ...['http://shop.example.com', 'https://shop.example.com/', 'shop.example.com:443', 'shop.example.com/admin'],
  ...['user@shop.example.com', 'user:pass@10.0.0.1', 'file:///etc/passwd', 'gopher://shop.example.com', '//10.0.0.1'],
  ...['*.example.com', 'shop..example.com', '.shop.example.com', '-shop.example.com', 'shop-.example.com', 'xn--.com'],
  ...[
    'shop_1.example.com',
    'shop example.com',
    'shop.example.com\n',
    'shop.example.com\r\nHost: x',
    'shop\0.example.com',
  ],
  ...['shop.example.com%00', 'shop%2eexample.com', '$(id).example.com', '`id`.example.com', 'shop;id.example.com'],
  ...['\u202eshop.example.com', 'sh\u00adop.example.com', 'аррӏе.com', 'shop\u200b.example.com', '🦄.com'],
  ...['169.254.169.254', '[::ffff:169.254.169.254]', '::1', '0251.0376.0251.0376', '0xa9fea9fe', '2852039166', '0'],
  ...[`${'a'.repeat(64)}.com`, `${'a.'.repeat(11)}com`, `${'abcdefgh.'.repeat(30)}com`, 'a'.repeat(2_000)],
];

/** Where a page may send viewers that no probe may follow them to. */
export const HOSTILE_REDIRECTS = [
  ...HOSTILE_IPV4.slice(0, 40).map((address) => `http://${address}/`),
  ...['127.1', '0x7f.1', '2130706433', '017700000001', '0', '①②⑦.0.0.1', '169.254.169.254.', '[::]', '[::1]'].map(
    (host) => `http://${host}/`,
  ),
  ...['[::ffff:10.0.0.1]', '[64:ff9b::a00:1]', '[2002:a00:1::]', '[fe80::1]', '[fd00:ec2::254]'].map(
    (host) => `https://${host}/`,
  ),
  ...[22, 25, 53, 81, 3306, 5432, 6379, 8080, 8443, 9200, 11211].map((port) => `http://shop.example.test:${port}/`),
  ...['https://shop.example.test:80/', 'http://shop.example.test:443/', 'https://shop.example.test:0/'],
  ...[
    'https://shop.example.test@10.0.0.1/',
    'https://10.0.0.1#@shop.example.test/',
    'https://shop.example.test.attacker.test/',
  ],
  ...[
    '//169.254.169.254/latest/meta-data/',
    '\\\\10.0.0.1\\share',
    '/\\10.0.0.1/',
    'http:\\\\10.0.0.1/',
    '///10.0.0.1/',
  ],
  ...[
    'ftp://shop.example.test/',
    'gopher://10.0.0.1:6379/_FLUSHALL',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
  ],
  ...[
    'dict://10.0.0.1:11211/',
    'ldap://10.0.0.1/',
    'ws://10.0.0.1/',
    'unix:/var/run/docker.sock',
    'about:blank',
    'http://',
  ],
  ...[
    'http://localhost/',
    'http://metadata.google.internal/',
    'http://instance-data/',
    'http://router.local/',
    'https://[invalid/',
  ],
];
