import type { RecordName } from './record-name.ts';
import { compareSets } from './record-order.ts';
import { keyOf, type StoredSet } from './record-set.ts';

/** The record sets of a zone, by name. */
export class Records {
  readonly #byName: Map<RecordName, readonly StoredSet[]>;
  #size: number;

  constructor(sets: Iterable<StoredSet> = []) {
    this.#byName = new Map();
    this.#size = 0;
    for (const set of sets) this.put(set);
  }

  get size(): number {
    return this.#size;
  }

  at(name: RecordName): readonly StoredSet[] {
    return this.#byName.get(name) ?? [];
  }

  find(wanted: Pick<StoredSet, 'name' | 'type' | 'setIdentifier'>): StoredSet | undefined {
    return this.at(wanted.name).find((set) => keyOf(set) === keyOf(wanted));
  }

  put(set: StoredSet): void {
    this.remove(set);
    this.#byName.set(set.name, [...this.at(set.name), set]);
    this.#size++;
  }

  remove(wanted: Pick<StoredSet, 'name' | 'type' | 'setIdentifier'>): void {
    const here = this.at(wanted.name);
    const left = here.filter((set) => keyOf(set) !== keyOf(wanted));
    this.#size -= here.length - left.length;
    if (left.length > 0) this.#byName.set(wanted.name, left);
    else this.#byName.delete(wanted.name);
  }

  /** All sets in the order Route 53 lists them. */
  sorted(): StoredSet[] {
    return [...this.#byName.values()].flat().sort(compareSets);
  }

  copy(): Records {
    return new Records([...this.#byName.values()].flat());
  }
}
