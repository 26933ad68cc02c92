import { type DomainName, domainName, isAtOrUnder } from './domain-name.ts';
import type { RecordSet } from './record.ts';
import { soa } from './soa.ts';
import { NameTree, PlainZone, type Zone } from './zone.ts';

/** A name that AWS itself serves: a load balancer's, a distribution's. */
export interface AwsName {
  /** The hosted zone an alias has to give with it: a load balancer's CanonicalHostedZoneId. */
  zoneId: string;
  a(): string[];
  aaaa(): string[];
  /** What "evaluate target health" sees. */
  healthy(): boolean;
  /** Its IPv6 addresses are found under the bare name as well: a distribution's are, a load balancer's not. */
  ipv6ByBareName?: true;
}

/** TTL of a load balancer's name and of an alias to it. Source: Route 53 Developer Guide, checked 2026-11-22. */
export const AWS_NAME_TTL_SECONDS = 60;

/**
 * Every load balancer's name also works with this before it, and with this alone it surely has IPv6 addresses: what is
 * published about the bare name differs, so here it has none. Source: Route 53 Developer Guide, "Values specific for
 * simple alias records"; checked 2026-11-29.
 */
const DUALSTACK = 'dualstack.';

/** The names AWS itself serves: consulted by aliases and answered under amazonaws.com. */
export class AwsNames {
  readonly #names = new Map<DomainName, AwsName>();
  readonly #tree = new NameTree('');

  set(name: string, entry: AwsName): void {
    this.delete(name);
    this.#names.set(domainName(name), entry);
    this.#tree.add(domainName(name));
  }

  delete(name: string): void {
    if (this.#names.delete(domainName(name))) this.#tree.remove(domainName(name));
  }

  get(name: string): AwsName | undefined {
    const asked = domainName(name);
    if (asked.startsWith(DUALSTACK)) return this.#names.get(asked.slice(DUALSTACK.length));
    const entry = this.#names.get(asked);
    return entry && (entry.ipv6ByBareName ? entry : { ...entry, aaaa: () => [] });
  }

  /** Whether the name or one below it is registered. */
  has(name: DomainName): boolean {
    return this.#tree.has(name) || this.get(name) !== undefined;
  }
}

/** The addresses of a name as a record set; undefined when it has none of that kind. */
export function addressesOf(entry: AwsName, type: string): RecordSet | undefined {
  const data = type === 'A' ? entry.a() : type === 'AAAA' ? entry.aaaa() : [];
  return data.length > 0 ? { type, ttlSeconds: AWS_NAME_TTL_SECONDS, data } : undefined;
}

/** A domain of AWS's own as a zone, "amazonaws.com": its server and whatever is registered under it. */
export class AwsZone implements Zone {
  readonly origin: DomainName;
  readonly #names: AwsNames;
  readonly #fixed: PlainZone;

  constructor(
    origin: DomainName,
    { names, server }: { names: AwsNames; server: { name: DomainName; address: string } },
  ) {
    this.origin = origin;
    this.#names = names;
    this.#fixed = new PlainZone(origin, {
      [origin]: [
        soa(server.name, { ttlSeconds: 900, negativeSeconds: AWS_NAME_TTL_SECONDS }),
        { type: 'NS', ttlSeconds: 172_800, data: [server.name] },
      ],
    });
    if (!isAtOrUnder(server.name, origin)) return;
    this.#fixed.put(server.name, { type: 'A', ttlSeconds: 172_800, data: [server.address] });
  }

  has(name: DomainName): boolean {
    return this.#fixed.has(name) || this.#names.has(name);
  }

  types(name: DomainName): string[] {
    const entry = this.#names.get(name);
    return [...this.#fixed.types(name), ...(entry ? ['A', 'AAAA'].filter((type) => addressesOf(entry, type)) : [])];
  }

  find(name: DomainName, type: string): RecordSet | undefined {
    const entry = this.#names.get(name);
    return this.#fixed.find(name, type) ?? (entry && addressesOf(entry, type));
  }
}
