import { type DomainName, domainName, isAtOrUnder, parent, upTo } from './domain-name.ts';
import { type DnsRecord, negativeTtl, type Question, type RecordSet, type Reply, recordsOf } from './record.ts';
import type { Zone } from './zone.ts';

/** CNAMEs a server follows inside its own zones before it leaves the rest to the resolver. */
const MAX_LINKS = 16;

/**
 * Answers from zones, as RFC 1034 section 4.3.2 has it with the clarifications of RFC 2308 (negative answers),
 * RFC 4592 (wildcards) and RFC 4035 section 3.1.4.1 (a DS record is the parent's).
 */
export class Authority {
  readonly #zones = new Map<DomainName, Zone>();

  /** Serves `zone` until the returned function is called. */
  host(zone: Zone): () => void {
    if (this.#zones.has(zone.origin)) throw new Error(`Cannot serve zone "${zone.origin}": it is served already`);
    this.#zones.set(zone.origin, zone);
    return () => {
      if (this.#zones.get(zone.origin) === zone) this.#zones.delete(zone.origin);
    };
  }

  answer({ name, type }: Question): Reply {
    const asked = domainName(name);
    const reply: Reply = { rcode: 'NOERROR', answers: [], authorities: [], additionals: [] };
    const seen = new Set<DomainName>();
    let at: DomainName | undefined = asked;
    while (at !== undefined && !seen.has(at) && seen.size <= MAX_LINKS) {
      const zone = this.#zoneOf(at, type);
      if (!zone) {
        if (seen.size === 0) reply.rcode = 'REFUSED';
        break;
      }
      seen.add(at);
      at = addTo(reply, zone, lookUp(zone, at, type));
    }
    // The name goes back in the letters' case it came in: resolvers that shuffle the case compare it.
    for (const record of reply.answers) if (record.name === asked) record.name = name;
    return reply;
  }

  #zoneOf(name: DomainName, type: string): Zone | undefined {
    const enclosing = upTo(name, '').flatMap((origin) => this.#zones.get(origin) ?? []);
    const [closest, above] = enclosing;
    return type === 'DS' && closest?.origin === name && above ? above : closest;
  }
}

type Finding =
  | { found: 'sets'; owner: DomainName; sets: RecordSet[] }
  | { found: 'cname'; owner: DomainName; set: RecordSet }
  | { found: 'cut'; owner: DomainName; set: RecordSet; ds: RecordSet | undefined }
  | { found: 'nothing'; exists: boolean };

/** Walks down from the zone's apex to `name`: a cut ends the walk, the first name that isn't there leads to the wildcard. */
function lookUp(zone: Zone, name: DomainName, type: string): Finding {
  const path = upTo(name, zone.origin).reverse();
  for (const node of path.slice(1)) {
    const cut = zone.find(node, 'NS');
    if (cut && !(node === name && type === 'DS'))
      return { found: 'cut', owner: node, set: cut, ds: zone.find(node, 'DS') };
    if (!zone.has(node)) {
      const closestEncloser = parent(node);
      const wildcard = closestEncloser ? `*.${closestEncloser}` : '*';
      return zone.has(wildcard) ? lookAt(zone, wildcard, { name, type }) : { found: 'nothing', exists: false };
    }
  }
  return lookAt(zone, name, { name, type });
}

/** What stands at `source`, under the name that was asked. */
function lookAt(zone: Zone, source: DomainName, { name, type }: Question): Finding {
  const types = zone.types(source);
  if (types.includes('CNAME') && type !== 'CNAME' && type !== 'ANY') {
    const set = zone.find(source, 'CNAME');
    return set ? { found: 'cname', owner: name, set } : { found: 'nothing', exists: true };
  }
  const sets = (type === 'ANY' ? types : [type]).flatMap((one) => zone.find(source, one) ?? []);
  return sets.length > 0 ? { found: 'sets', owner: name, sets } : { found: 'nothing', exists: true };
}

/** Adds what was found to the reply; returns the name to go on with after a CNAME. */
function addTo(reply: Reply, zone: Zone, finding: Finding): DomainName | undefined {
  if (finding.found === 'cut') {
    reply.authoritative ??= false;
    // RFC 4035 section 3.1.4: a referral brings the DS records with it. Here they come whether they were asked for or not.
    reply.authorities = [finding.set, ...(finding.ds ? [finding.ds] : [])].flatMap((set) =>
      recordsOf(finding.owner, set),
    );
    reply.additionals = glue(zone, finding.set);
    return undefined;
  }
  reply.authoritative ??= true;
  if (finding.found === 'cname') {
    reply.answers.push(...recordsOf(finding.owner, finding.set));
    return domainName(String(finding.set.data[0]));
  }
  if (finding.found === 'sets') {
    reply.answers.push(...finding.sets.flatMap((set) => recordsOf(finding.owner, set)));
    return undefined;
  }
  reply.rcode = finding.exists ? 'NOERROR' : 'NXDOMAIN';
  reply.authorities = soaForNegative(zone);
  return undefined;
}

function soaForNegative(zone: Zone): DnsRecord[] {
  const set = zone.find(zone.origin, 'SOA');
  return set ? recordsOf(zone.origin, set).map((soa) => ({ ...soa, ttl: negativeTtl(soa) })) : [];
}

/** Addresses of the servers a cut names, as far as this zone has them. */
function glue(zone: Zone, servers: RecordSet): DnsRecord[] {
  return servers.data
    .map((server) => domainName(String(server)))
    .flatMap((server) => {
      if (!isAtOrUnder(server, zone.origin)) return [];
      const addresses = ['A', 'AAAA'].flatMap((type) => zone.find(server, type) ?? []);
      return addresses.flatMap((set) => recordsOf(server, set));
    });
}
