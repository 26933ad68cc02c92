import { isInBlock } from '../addresses.ts';

/**
 * Where CloudFront answers viewers, without its edge locations in the networks of China. Source: public copies of
 * https://ip-ranges.amazonaws.com/ip-ranges.json, service "CLOUDFRONT"; checked 2026-11-29.
 */
const BLOCKS = [
  '3.160.0.0/13',
  '3.168.0.0/14',
  '3.172.0.0/17',
  '3.173.0.0/16',
  '3.174.0.0/15',
  '13.32.0.0/15',
  '13.35.0.0/16',
  '13.224.0.0/14',
  '13.249.0.0/16',
  '15.158.0.0/16',
  '18.64.0.0/14',
  '18.68.0.0/16',
  '18.154.0.0/15',
  '18.160.0.0/15',
  '18.164.0.0/15',
  '18.172.0.0/15',
  '18.238.0.0/15',
  '18.244.0.0/15',
  '23.91.0.0/19',
  '24.110.32.0/19',
  '52.46.0.0/18',
  '52.82.128.0/19',
  '52.84.0.0/15',
  '52.124.128.0/17',
  '52.222.128.0/17',
  '54.182.0.0/16',
  '54.192.0.0/16',
  '54.230.0.0/16',
  '54.239.128.0/18',
  '54.239.192.0/19',
  '54.240.128.0/18',
  '64.252.64.0/18',
  '64.252.128.0/18',
  '65.8.0.0/16',
  '65.9.0.0/17',
  '65.9.128.0/18',
  '70.132.0.0/18',
  '71.152.0.0/17',
  '99.84.0.0/16',
  '99.86.0.0/16',
  '108.138.0.0/15',
  '108.156.0.0/14',
  '130.176.0.0/16',
  '143.204.0.0/16',
  '144.220.0.0/16',
  '204.246.164.0/22',
  '204.246.168.0/21',
  '204.246.176.0/20',
  '205.251.202.0/23',
  '205.251.204.0/22',
  '205.251.208.0/20',
  '205.251.249.0/24',
  '205.251.250.0/23',
  '205.251.252.0/23',
  '205.251.254.0/24',
  '216.137.32.0/19',
];

/** All of CloudFront's IPv6 blocks outside of China but three lie in it. */
const IPV6 = '2600:9000:';

/**
 * Whether an address is CloudFront's. A distribution answers with others of them from place to place, so that those which a DNS
 * provider has found for an ALIAS are none that we are answered with.
 */
export function isCloudFrontAddress(address: string): boolean {
  return address.includes(':') ? address.startsWith(IPV6) : BLOCKS.some((block) => isInBlock(address, block));
}
