import { BlockList, isIP } from 'node:net';
import { invalidPattern } from './invalid-pattern.ts';
import type { Json } from './json.ts';

/** "10.0.0.0/24" or "2001:db8::/32" as a test for addresses. */
export function cidr(spec: Json): (value: Json) => boolean {
  const [network = '', prefix = ''] = typeof spec === 'string' ? spec.split('/') : [];
  const family = isIP(network);
  const bits = Number(prefix);
  if (family === 0 || !/^\d+$/.test(prefix) || bits > (family === 4 ? 32 : 128)) {
    throw invalidPattern(`Malformed CIDR, one '/' required: ${spec}`);
  }
  const block = new BlockList();
  block.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    const version = typeof value === 'string' ? isIP(value) : 0;
    return version !== 0 && block.check(String(value), version === 4 ? 'ipv4' : 'ipv6');
  };
}
