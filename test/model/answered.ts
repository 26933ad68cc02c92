import { namesOf } from '../../domain/sites/names-of.ts';
import type { Eye, Seen } from './onlooker.ts';
import { answers } from './zone-answers.ts';

/**
 * No batch of Nameplate's leaves a name without an answer that had one, be it a wildcard's or a person's (4). A name that a
 * declaration drops loses it, and one that is undone where nothing else of the zone answers for it. What a person has led elsewhere by hand goes only where it is put right (1).
 */
export class Answered implements Eye {
  readonly #names: readonly string[];
  /** Sets at our names as a person left them. */
  #theirs = new Set<string>();
  /** Sets that Nameplate has put up. */
  #ours = new Set<string>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  look({ ours, before, after, site }: Seen): string[] {
    if (before === after) return [];
    const told = (records: Seen['after']) => records.map((set) => JSON.stringify(set));
    const [were, are] = [told(before), told(after)];
    if (!ours) {
      const put = are.filter((set) => !were.includes(set));
      this.#theirs = new Set([...this.#theirs, ...put].filter((set) => are.includes(set)));
      return [];
    }
    this.#ours = new Set([...this.#ours, ...are.filter((set) => !were.includes(set))]);
    const others = before.filter((set) => !this.#ours.has(JSON.stringify(set)));
    const goes = (name: string): boolean =>
      site?.operation?.name === 'undo'
        ? !answers(others, name)
        : !(site && namesOf(site.site).some((one) => one.name === name));
    const silent = this.#names.filter((name) => answers(before, name) && !answers(after, name) && !goes(name));
    const gone = [...this.#theirs].filter((set) => !are.includes(set));
    for (const set of gone) this.#theirs.delete(set);
    const taken = gone.filter((set) => !isReplaced(JSON.parse(set), after));
    return [
      ...silent.map((name) => `4: ${name} has no answer any more`),
      ...taken.map((set) => `1: what somebody else has written is gone: ${set}`),
    ];
  }
}

function isReplaced({ Name }: { Name: string }, after: Seen['after']): boolean {
  return after.some((set) => set.Name === Name && ['A', 'AAAA', 'CNAME'].includes(String(set.Type)));
}
