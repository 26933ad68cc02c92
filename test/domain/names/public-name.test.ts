import { expect, test } from '@jest/globals';
import { publicName } from '../../../domain/names/public-name.ts';

const ADDRESS = 'give a domain name, such as "shop.example.com"';
const ONLY = 'without scheme, port, path or spaces';

/** What a person may give to the doctor in place of a name, and what the refusal says. */
test.each([
  ['127.0.0.1', `it is an IP address; ${ADDRESS}`],
  ['::1', `it is an IP address; ${ADDRESS}`],
  ['[2001:db8::1]', `it is an IP address; ${ADDRESS}`],
  ['127.0.0.1:8080', `its host "127.0.0.1" is an IP address; give a domain name, ${ONLY}`],
  ['http://203.0.113.7/', `its host "203.0.113.7" is an IP address; give a domain name, ${ONLY}`],
  ['10.0.0.0/8', `it is an IP address; ${ADDRESS}`],
  ['https://[2001:db8::1]:8443/x', `its host "[2001:db8::1]" is an IP address; give a domain name, ${ONLY}`],
  ['[::1]:80', `its host "[::1]" is an IP address; give a domain name, ${ONLY}`],
  ['https://Example.COM:8443/path?q=1', `give only the name, such as "example.com", ${ONLY}`],
  ['https://example.com./', `give only the name, such as "example.com", ${ONLY}`],
  ['//example.com', `give only the name, such as "example.com", ${ONLY}`],
  ['https:example.com', `give only the name, such as "example.com", ${ONLY}`],
  ['http//example.com/', `give only the name, such as "example.com", ${ONLY}`],
  ['https://bücher.example/a', `give only the name, such as "bücher.example", ${ONLY}`],
  ['javascript:alert(1)', `give only the name, ${ONLY}`],
  ['exa mple.com', `give only the name, ${ONLY}`],
  ['com', 'it is a single label, and a top-level domain; give the full name, such as "example.com"'],
  ['test', 'it is a single label, and a top-level domain; give the full name, such as "example.test"'],
  ['localhost', 'it is not part of the public DNS; give a name that every resolver can look up'],
  ['www', 'it is a single label; give the full name, such as "www.example.com"'],
  [
    '_dmarc.example.com',
    'it holds an underscore; a host name has letters, digits and hyphens, with dots between the labels. Give the name that the record is about: "example.com"',
  ],
  [
    'my_host.example.com',
    'it holds an underscore; a host name has letters, digits and hyphens, with dots between the labels',
  ],
  ['*.example.com', 'a wildcard has no answer of its own; give a name that it covers, such as "www.example.com"'],
  [`${`${'a'.repeat(49)}.`.repeat(5)}example`, 'it has 257 characters in DNS; 253 is the most'],
])('says of %j what to give instead', (typed, because) => {
  const { message = '' } = publicName(typed).problem ?? {};
  expect(message.slice(message.indexOf('": ') + 3)).toBe(because);
});

test.each([
  ['EXAMPLE.com.', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['co.uk', 'co.uk'],
  ['d111111abcdef8.cloudfront.net', 'd111111abcdef8.cloudfront.net'],
  [`${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(57)}.com`, undefined],
])('takes %j', (typed, name = typed) => {
  expect(publicName(typed)).toEqual({ name });
});
