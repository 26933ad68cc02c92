import { type DomainName, isAtOrUnder, upTo } from './domain-name.ts';
import type { RecordSet } from './record.ts';

/** A zone as a name server sees it at this moment. */
export interface Zone {
  origin: DomainName;
  /** Whether the name exists: it owns records, or a name below it does (an empty non-terminal, RFC 8020). */
  has(name: DomainName): boolean;
  /** The types that stand at exactly this name; a wildcard's own name is "*.example.test". */
  types(name: DomainName): string[];
  /** What stands there now; undefined when there is no such set or it has no answer at the moment. */
  find(name: DomainName, type: string): RecordSet | undefined;
}

/** Counts the records at each name and below it, so that empty non-terminals are known. */
export class NameTree {
  readonly #origin: DomainName;
  readonly #counts = new Map<DomainName, number>();

  constructor(origin: DomainName) {
    this.#origin = origin;
  }

  add(owner: DomainName): void {
    for (const name of upTo(owner, this.#origin)) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  remove(owner: DomainName): void {
    for (const name of upTo(owner, this.#origin)) {
      const left = (this.#counts.get(name) ?? 1) - 1;
      if (left === 0) this.#counts.delete(name);
      else this.#counts.set(name, left);
    }
  }

  has(name: DomainName): boolean {
    return this.#counts.has(name);
  }
}

/** A zone of plain records, as a zone file has them. */
export class PlainZone implements Zone {
  readonly origin: DomainName;
  readonly #sets = new Map<DomainName, Map<string, RecordSet>>();
  readonly #tree: NameTree;

  constructor(origin: DomainName, sets: Record<DomainName, RecordSet[]> = {}) {
    this.origin = origin;
    this.#tree = new NameTree(origin);
    for (const [name, atName] of Object.entries(sets)) for (const set of atName) this.put(name, set);
  }

  /** Puts a set at a name of this zone, in place of what stood there under that type. */
  put(name: DomainName, set: RecordSet): void {
    if (!isAtOrUnder(name, this.origin))
      throw new Error(`Cannot put "${name}" into zone "${this.origin}": it lies outside`);
    this.remove(name, set.type);
    const atName = this.#sets.get(name) ?? new Map<string, RecordSet>();
    atName.set(set.type, set);
    this.#sets.set(name, atName);
    this.#tree.add(name);
  }

  remove(name: DomainName, type: string): void {
    const atName = this.#sets.get(name);
    if (!atName?.delete(type)) return;
    this.#tree.remove(name);
    if (atName.size === 0) this.#sets.delete(name);
  }

  has(name: DomainName): boolean {
    return this.#tree.has(name);
  }

  types(name: DomainName): string[] {
    return [...(this.#sets.get(name)?.keys() ?? [])];
  }

  find(name: DomainName, type: string): RecordSet | undefined {
    return this.#sets.get(name)?.get(type);
  }
}
