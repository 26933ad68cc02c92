import { isInBlock } from '../addresses.ts';

/** Who answers with addresses of its own for a name that it proxies. Source: https://www.cloudflare.com/ips-v4, checked 2026-11-22. */
const CLOUDFLARE = [
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '108.162.192.0/18',
  '131.0.72.0/22',
  '141.101.64.0/18',
  '162.158.0.0/15',
  '172.64.0.0/13',
  '173.245.48.0/20',
  '188.114.96.0/20',
  '190.93.240.0/20',
  '197.234.240.0/22',
  '198.41.128.0/17',
];

/** The CDN whose address it is, as far as we know one. */
export function proxyOf(address: string): string | undefined {
  return CLOUDFLARE.some((block) => isInBlock(address, block)) ? 'Cloudflare' : undefined;
}
