import { SITE_STATES, type SiteState } from '../../domain/sites/life/states.ts';
import type { SiteRow } from './row.ts';

/** Which sites are shown, and in which order. */
export interface Filter {
  text: string;
  state: SiteState | '';
  needsPerson: boolean;
  sort: SortKey;
  descending: boolean;
}

export type SortKey = 'domain' | 'state' | 'certificate' | 'updated';

const compared: Record<SortKey, (a: SiteRow, b: SiteRow) => number> = {
  domain: (a, b) => compare(a.displayName, b.displayName),
  state: (a, b) => SITE_STATES.indexOf(a.state) - SITE_STATES.indexOf(b.state),
  certificate: (a, b) => daysOf(a) - daysOf(b),
  updated: (a, b) => compare(a.updatedAt, b.updatedAt),
};

/** The rows that a filter leaves, in its order; what is equal stays sorted by domain. */
export function filtered(rows: readonly SiteRow[], { text, state, needsPerson, sort, descending }: Filter): SiteRow[] {
  const words = text.normalize('NFC').toLowerCase().split(/\s+/);
  const left = rows.filter(
    (row) =>
      (state === '' || row.state === state) &&
      (!needsPerson || row.needsPerson) &&
      words.every((word) =>
        [row.domain, row.displayName, row.tenant?.toLowerCase()].some((name) => name?.includes(word)),
      ),
  );
  const sign = descending ? -1 : 1;
  return left.sort((a, b) => sign * compared[sort](a, b) || compare(a.domain, b.domain));
}

/** The filter that a query of the page's address stands for: "?state=live&sort=certificate". */
export function filterIn(query: string): Filter {
  const given = new URLSearchParams(query);
  const state = given.get('state');
  const sort = given.get('sort') ?? '';
  const key = sort.replace(/^-/, '');
  return {
    text: given.get('text') ?? '',
    state: SITE_STATES.find((each) => each === state) ?? '',
    needsPerson: given.has('needs-person'),
    sort: key in compared ? (key as SortKey) : 'domain',
    descending: sort.startsWith('-'),
  };
}

/** The query that stands for a filter; what is left out is as by default. */
export function queryOf({ text, state, needsPerson, sort, descending }: Filter): URLSearchParams {
  const query = new URLSearchParams();
  if (text !== '') query.set('text', text);
  if (state !== '') query.set('state', state);
  if (needsPerson) query.set('needs-person', '');
  if (sort !== 'domain' || descending) query.set('sort', `${descending ? '-' : ''}${sort}`);
  return query;
}

/** A site without a certificate has none that ends. */
const daysOf = ({ certificate }: SiteRow): number => certificate?.daysLeft ?? Number.MAX_SAFE_INTEGER;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
