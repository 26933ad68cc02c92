import type { RecordName } from './record-name.ts';
import { comparePlaces } from './record-order.ts';
import { keyOf, type StoredSet } from './record-set.ts';

/** The record sets of a zone, by name. */
export class Records {
  #byName = new Map<RecordName, readonly StoredSet[]>();
  #size = 0;

  constructor(sets: Iterable<StoredSet> = []) {
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
    return [...this.#byName.values()].flat().sort(comparePlaces);
  }

  copy(): Records {
    const copy = new Records();
    // The lists themselves are never changed, only replaced.
    copy.#byName = new Map(this.#byName);
    copy.#size = this.#size;
    return copy;
  }
}
