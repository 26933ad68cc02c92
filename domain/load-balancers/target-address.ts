import { isInBlock } from '../addresses.ts';

/**
 * Where the addresses are that a target group takes from outside its VPC. Source: ELB API reference, TargetDescription; RFC 1918 and
 * RFC 6598; checked 2026-11-30.
 */
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Whether a target group registers the address: never a public one, and none of IPv6 here. */
export function isTargetAddress(address: string): boolean {
  return PRIVATE_BLOCKS.some((block) => isInBlock(address, block));
}

export const TARGET_BLOCKS: string = PRIVATE_BLOCKS.join(', ');
