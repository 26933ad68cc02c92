/** A property of a resource that a plan shows, before and after the change. */
export interface Line {
  /** "page.0", "routing.Failover" */
  property: string;
  before?: string;
  after?: string;
}

/** What a change does to each property, in the order in which they are declared; those that stay have two equal values. */
export function difference(before: object = {}, after: object = {}): Line[] {
  const [old, next] = [new Map(flat(before)), new Map(flat(after))];
  return [...new Set([...old.keys(), ...next.keys()])].map((property) => {
    const [was, is] = [old.get(property), next.get(property)];
    return { property, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  });
}

/** Objects are opened, in a list as well; a list of words is one value. */
function flat(thing: object, above = ''): [string, string][] {
  return Object.entries(thing).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    isObject(value) && !(Array.isArray(value) && !value.some(isObject))
      ? flat(value, `${above}${key}.`)
      : [[`${above}${key}`, shown(value)]],
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(shown).join(', ');
  return JSON.stringify(value);
};
