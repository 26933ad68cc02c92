import { type AwsNames, addressesOf } from './aws-names.ts';
import { type DomainName, domainName } from './domain-name.ts';
import type { RecordSet } from './record.ts';
import { PlainZone, type Zone } from './zone.ts';

/** Where a proxied name leads: the provider's own front, at which nobody listens here. */
export const PROXY_ADDRESSES = ['198.51.100.80', '198.51.100.81'];

/** How long an answer of the provider's own making may be remembered. (E), from public zones. */
const MADE_UP_TTL_SECONDS = 300;

/**
 * A zone at another DNS provider: what is typed in is served, right or wrong, a CNAME at the apex as well. An ALIAS answers
 * with the addresses of the AWS name that it leads to; a proxied name answers with those of the provider.
 */
export class HostedElsewhere implements Zone {
  readonly origin: DomainName;
  readonly #plain: PlainZone;
  readonly #awsNames: AwsNames;
  readonly #proxied = new Set<DomainName>();

  constructor(origin: DomainName, { awsNames, sets }: { awsNames: AwsNames; sets: RecordSet[] }) {
    this.origin = origin;
    this.#awsNames = awsNames;
    this.#plain = new PlainZone(origin, { [origin]: sets });
  }

  put(name: DomainName, set: RecordSet, { proxied = false }: { proxied?: boolean } = {}): void {
    this.#plain.put(name, set);
    if (proxied) this.#proxied.add(name);
    else this.#proxied.delete(name);
  }

  remove(name: DomainName, type: string): void {
    this.#plain.remove(name, type);
    if (this.#plain.types(name).length === 0) this.#proxied.delete(name);
  }

  has(name: DomainName): boolean {
    return this.#plain.has(name);
  }

  types(name: DomainName): string[] {
    if (this.#proxied.has(name)) return ['A'];
    return this.#plain
      .types(name)
      .flatMap((type) => (type === 'ALIAS' ? ['A', 'AAAA'].filter((each) => this.#alias(name, each)) : type));
  }

  find(name: DomainName, type: string): RecordSet | undefined {
    if (this.#proxied.has(name)) {
      return type === 'A' ? { type, ttlSeconds: MADE_UP_TTL_SECONDS, data: PROXY_ADDRESSES } : undefined;
    }
    return this.#plain.find(name, type) ?? this.#alias(name, type);
  }

  #alias(name: DomainName, type: string): RecordSet | undefined {
    const [target] = this.#plain.find(name, 'ALIAS')?.data ?? [];
    const entry = target === undefined ? undefined : this.#awsNames.get(domainName(String(target)));
    return entry && addressesOf(entry, type);
  }
}
