import { a, type NameServer, ns, type Said, soa } from '../../../support/name-servers.ts';
import type { PlannableAccount } from '../../../support/plannable-account.ts';

const ROOT = '198.41.0.4';
const OURS = '192.0.2.3';
const OTHER = '192.0.2.9';
const NAMES: Record<string, string> = { 'ns-1.awsdns-01.com': OURS, 'ns-9.old.test': OTHER };
export const DS = {
  type: 'DS' as const,
  name: 'example.test',
  data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
};

/** Has name servers answer: the parent delegates "example.test" to these, has these DS records, and our server says this of names in it. */
export function dnsOf(
  account: PlannableAccount,
  {
    to = ['ns-1.awsdns-01.com'],
    signed = false,
    zone = () => undefined,
    other = () => ({ authorities: [soa('example.test')] }),
  }: {
    to?: string[];
    signed?: boolean;
    zone?: NameServer;
    other?: NameServer;
  },
): Promise<void> {
  const parent: NameServer = ({ name, type }): Said => {
    const address = NAMES[name];
    if (address !== undefined) return { answers: [a(name, address)] };
    if (name.endsWith('cloudfront.net')) return { rcode: 'NXDOMAIN', authorities: [soa('')] };
    if (type === 'DS') return signed && name === 'example.test' ? { answers: [DS] } : { authorities: [soa('')] };
    if (name === 'test') return { authorities: [soa('')] };
    return { authorities: to.map((server) => ns('example.test', server)) };
  };
  return account.dnsSays({
    [ROOT]: parent,
    [OURS]: (question) => zone(question) ?? { authorities: [soa('example.test')] },
    [OTHER]: other,
  });
}
