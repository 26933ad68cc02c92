import { BlockList, isIP } from 'node:net';
import { invalidPattern } from './invalid-pattern.ts';
import type { Json } from './json.ts';

/** "10.0.0.0/24" or "2001:db8::/32" as a test for addresses. The words are those of recordings of AWS in LocalStack's tests. */
export function cidr(spec: Json): (value: Json) => boolean {
  if (typeof spec !== 'string') throw invalidPattern('prefix match pattern must be a string');
  const [network = '', prefix = '', ...more] = spec.split('/');
  if (prefix === '' || more.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  if (!/^\d+$/.test(prefix)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const family = isIP(network);
  if (family === 0) throw invalidPattern(`Nonstandard IP address: ${network}`);
  const bits = Number(prefix);
  const most = family === 4 ? 32 : 128;
  if (bits > most) throw invalidPattern(`Malformed CIDR, mask bits must not be more than ${most}`);
  const block = new BlockList();
  block.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    const version = typeof value === 'string' ? isIP(value) : 0;
    return version !== 0 && block.check(String(value), version === 4 ? 'ipv4' : 'ipv6');
  };
}
