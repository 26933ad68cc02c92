import { canonical, type Resolve } from './dns.ts';
import { validatedName } from './validation-record.ts';

// Source: AWS Certificate Manager User Guide, "Configure a CAA record"; checked 2026-11-22.
const AMAZON = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** RFC 8659, section 4.1: the issuer-critical flag. */
const CRITICAL = 0x80;
const KNOWN_TAGS = ['issue', 'issuewild', 'iodef', 'contactemail', 'contactphone', 'issuemail', 'issuevmc'];

interface Caa {
  flags?: number;
  issuerCritical?: boolean;
  tag: string;
  value: string;
}

/**
 * Whether CAA lets Amazon issue for `name`: the records at the name or at its nearest ancestor that has any decide.
 * "unknown" when DNS failed: a CA must not issue then.
 */
export async function caaVerdict(resolve: Resolve, name: string): Promise<'allowed' | 'refused' | 'unknown'> {
  for (let at = canonical(validatedName(name)); at !== ''; at = at.split('.').slice(1).join('.')) {
    const { rcode, answers } = await resolve(at, 'CAA');
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return 'unknown';
    const records = answers.filter((answer) => answer.type === 'CAA').map((answer) => answer.data as Caa);
    if (records.length > 0) return amazonMayIssue(records, name.startsWith('*.')) ? 'allowed' : 'refused';
  }
  return 'allowed';
}

function amazonMayIssue(records: Caa[], wildcard: boolean): boolean {
  const tagged = (tag: string) => records.filter((record) => record.tag.toLowerCase() === tag);
  if (records.some((record) => critical(record) && !KNOWN_TAGS.includes(record.tag.toLowerCase()))) return false;
  const forWildcards = wildcard ? tagged('issuewild') : [];
  const relevant = forWildcards.length > 0 ? forWildcards : tagged('issue');
  return relevant.length === 0 || relevant.some((record) => AMAZON.includes(issuer(record)));
}

const critical = ({ flags = 0, issuerCritical }: Caa): boolean => issuerCritical === true || (flags & CRITICAL) !== 0;

/** The issuer of "amazon.com; policy=x": parameters don't matter to Amazon. */
const issuer = ({ value }: Caa): string => canonical((value.split(';')[0] ?? '').trim());
