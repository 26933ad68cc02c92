import { isIPv6 } from 'node:net';
import type { Internet } from '../../local/internet/internet.ts';

/** Where the functions' packets come from in the small internet. */
const FUNCTIONS = '198.51.100.20';

/** Nobody on the internet: this host, private networks, cloud metadata. Source: RFC 1918, 3927, 4193, 4291, 6598 and 6890, checked 2026-11-22. */
const INNER4 =
  /^(?:0|10|127|22[4-9]|2[34]\d|25[0-5])\.|^(?:169\.254|192\.168)\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const INNER6 = /^(?:::|f[cdef]|64:ff9b:)/i;

/** Notes every place that a function tries to reach although nobody outside could (20). */
export class Reach {
  readonly found: string[] = [];

  constructor(internet: Internet) {
    const reach = internet.reach.bind(internet);
    internet.reach = (from, to) => {
      if (from === FUNCTIONS && isInner(to.address)) this.found.push(`20: a function went to ${to.address}:${to.port}`);
      return reach(from, to);
    };
  }
}

function isInner(address: string): boolean {
  return isIPv6(address) ? INNER6.test(address) : INNER4.test(address);
}
