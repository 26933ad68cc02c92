import { ENTRY_TYPES, type Entry, type OtherProvider } from '../dns/other-provider.ts';
import { ok, type Page, type Route, wrong } from './route.ts';

/** The other DNS provider's form: what a person enters there, mistakes included. */
export function providerRoutes(provider: Pick<OtherProvider, 'zones' | 'addZone' | 'enter' | 'remove'>): Route[] {
  const shown = (): Page => ok({ zones: provider.zones() });
  return [
    { method: 'GET', path: '/_local/dns', about: "the other DNS provider's zones and records", answer: shown },
    {
      method: 'POST',
      path: '/_local/dns/zones',
      about: 'takes a zone to the other provider: { "name": "example.test" }',
      answer({ body }) {
        const { name } = body as { name?: unknown };
        if (typeof name !== 'string') return wrong('Cannot take the zone: "name" must be a string');
        return attempted(() => provider.addZone(name), shown);
      },
    },
    {
      method: 'POST',
      path: '/_local/dns/records',
      about: `enters a record there: { "name", "type": ${ENTRY_TYPES.map((type) => `"${type}"`).join(' | ')}, "values": [], "ttlSeconds"?, "relative"?, "proxied"? }`,
      answer({ body }) {
        const problem = problemOf(body as Record<string, unknown>);
        return problem
          ? wrong(`Cannot enter the record: ${problem}`)
          : attempted(() => provider.enter(body as Entry), shown);
      },
    },
    {
      method: 'DELETE',
      path: '/_local/dns/records/{id}',
      about: 'removes the records of that name and ?type=',
      answer({ id, query }) {
        const type = query.get('type') ?? '';
        const removed = () => {
          if (!provider.remove(id, type)) throw new Error(`Cannot remove "${id}" ${type}: there is none`);
        };
        return attempted(removed, shown);
      },
    },
  ];
}

function attempted(act: () => void, answer: () => Page): Page {
  try {
    act();
    return answer();
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

const MEMBERS = ['name', 'type', 'values', 'ttlSeconds', 'relative', 'proxied'];

function problemOf(entry: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(entry).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return `"${unknown}" is none of ${MEMBERS.join(', ')}`;
  if (typeof entry.name !== 'string') return '"name" must be a string';
  if (!ENTRY_TYPES.includes(entry.type as Entry['type'])) return `"type" must be one of ${ENTRY_TYPES.join(', ')}`;
  const values = entry.values;
  if (!Array.isArray(values) || values.length === 0 || values.some((value) => typeof value !== 'string')) {
    return '"values" must be a list of strings';
  }
  const ttl = entry.ttlSeconds;
  if (ttl !== undefined && !(typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0)) {
    return '"ttlSeconds" must be a whole number';
  }
  const flag = ['relative', 'proxied'].find((member) => !['boolean', 'undefined'].includes(typeof entry[member]));
  return flag && `"${flag}" must be true or false`;
}
