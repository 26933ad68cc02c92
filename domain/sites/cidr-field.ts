import { canonical } from './canonical-field.ts';
import { readCidr } from './cidr.ts';

/** A CIDR block in its canonical form. */
export const cidrField = canonical('A CIDR block, IPv4 or IPv6', (typed) => {
  const found = readCidr(typed);
  return found.problem === undefined ? { value: found.cidr } : { problem: found.problem };
});
