import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Eye, Seen } from './onlooker.ts';

const MOST = 5;
const MOST_PERCENT = 30;

/** Who let an operation delete more than goes unasked: the revisions whose request bore an approval. */
export type Approvals = Set<number>;

/**
 * One operation deletes at most five sets, and 30 % of what is ours in the zone, unless a person has approved it (17). What
 * viewers never knew is deleted unasked: a site that never was live, and names that only a change has. So is an AAAA record
 * whose name keeps its A record: the name still answers, as after a change to an `access` without IPv6.
 */
export class ZoneDeletions implements Eye {
  readonly #approved: Approvals;
  /** Sets that Nameplate has put up, by name and type. */
  #ours = new Set<string>();
  #revision = 0;
  #ofThem = 0;
  #deleted = new Set<string>();

  constructor(approved: Approvals) {
    this.#approved = approved;
  }

  look({ ours, before, after, site }: Seen): string[] {
    if (before === after) return [];
    const [were, are] = [keys(before), keys(after)];
    if (site && site.revision !== this.#revision) {
      this.#revision = site.revision;
      this.#ofThem = [...this.#ours].filter((key) => were.has(key)).length;
      this.#deleted = new Set();
    }
    const known = this.#ours;
    if (ours) this.#ours = new Set([...[...known].filter((key) => are.has(key)), ...diff(are, were)]);
    if (!ours || !site || site.liveAt === undefined) return [];
    for (const key of diff(were, are)) if (known.has(key) && isKnown(key, site)) this.#deleted.add(key);
    for (const key of are) this.#deleted.delete(key);
    const count = [...this.#deleted].filter((key) => !are.has(key.replace(/ AAAA$/, ' A'))).length;
    if (count === 0 || this.#approved.has(site.revision)) return [];
    if (count <= MOST && count * 100 <= this.#ofThem * MOST_PERCENT) return [];
    return [`17: r${site.revision} has deleted ${count} of our ${this.#ofThem} sets, and no person has approved it`];
  }
}

/** Name and type of all that counts: owner markers go with their records. */
function keys(records: readonly ResourceRecordSet[]): Set<string> {
  return new Set(
    records.filter(({ Name = '' }) => !Name.startsWith('_nameplate.')).map(({ Name, Type }) => `${Name} ${Type}`),
  );
}

function diff(some: Set<string>, others: Set<string>): string[] {
  return [...some].filter((key) => !others.has(key));
}

/** Whether viewers know the name that a set is about: those of the document that was live last. */
function isKnown(key: string, { live }: SiteItem): boolean {
  const name = key.replace(/\. \w+$/, '');
  const subject = name.startsWith('_') ? name.slice(name.indexOf('.') + 1) : name;
  return live === undefined || namesOf(live).some((one) => one.name === subject);
}
