import { isIP } from 'node:net';
import type { Hop, PageSeen } from '../../domain/doctor/seen.ts';
import { redirectOf } from '../../domain/probes/redirects.ts';
import { DnsFailure } from '../dns/query.ts';
import type { Resolver } from '../dns/resolver.ts';
import { Unreachable } from '../probes/unreachable.ts';

/** Redirects that are followed. A site that is well needs one or two; browsers give up after 20. */
const MAX_REDIRECTS = 5;

/** Characters of a URL that are kept. */
const MAX_URL = 200;

interface Walking {
  name: string;
  dns: Resolver;
  isPublic: (address: string) => boolean;
  /** Reads a page of the name at the address that is looked at, on port 80 or 443. */
  read: (url: URL) => Promise<PageSeen>;
}

/**
 * Follows redirects from a page on, at the address that it came from and under the same name only: DNS alone is asked about
 * other hosts, and nothing about other ports.
 */
export async function walk(start: URL, page: PageSeen, walking: Walking): Promise<Hop[]> {
  const hops: Hop[] = [];
  const been = [start.href];
  let at = { url: start, page };
  let cookie = false;
  for (;;) {
    const { location } = at.page.headers;
    const to = redirectOf({ status: at.page.status, ...(location !== undefined && { location }) }, at.url);
    if (!to) return hops;
    cookie ||= at.page.headers['set-cookie'] !== undefined;
    const hop = { from: shown(at.url), status: at.page.status, to: shown(to), ...(cookie && { cookie }) };
    const then = await afterwards(to, { been, hops: hops.length, ...walking });
    hops.push({ ...hop, then });
    if (then !== 'followed') return hops;
    been.push(to.href);
    try {
      at = { url: to, page: await walking.read(to) };
    } catch (error) {
      // The finding about the port reports that an address does not answer.
      if (error instanceof Unreachable) return hops;
      throw error;
    }
  }
}

async function afterwards(
  to: URL,
  { been, hops, name, dns, isPublic }: Walking & { been: readonly string[]; hops: number },
): Promise<Hop['then']> {
  if (been.includes(to.href)) return 'again';
  if (hops >= MAX_REDIRECTS) return 'tooMany';
  if (!/^https?:$/.test(to.protocol)) return 'elsewhere';
  // The default port of its scheme drops out of a URL: no other port is connected to.
  if (to.hostname === name) return to.port === '' ? 'followed' : 'elsewhere';
  return (await canAnswer(to.hostname, { dns, isPublic })) ? 'elsewhere' : 'dead';
}

/** Whether a host exists, as far as DNS says; it is asked nothing itself. */
async function canAnswer(hostname: string, { dns, isPublic }: Pick<Walking, 'dns' | 'isPublic'>): Promise<boolean> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return isPublic(literal);
  if (!isName(hostname)) return false;
  try {
    return (await dns.addresses(hostname)).some(isPublic);
  } catch (error) {
    if (error instanceof DnsFailure) return true;
    throw error;
  }
}

/** Source: RFC 1035, section 2.3.4. */
const isName = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((label) => label.length > 0 && label.length <= 63);

const shown = ({ href }: URL): string => (href.length > MAX_URL ? `${href.slice(0, MAX_URL)}…` : href);
