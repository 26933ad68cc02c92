import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

const LEADS: readonly (string | undefined)[] = ['A', 'AAAA', 'CNAME'];

/**
 * Whether a zone answers with an address, or the way to one, when asked for a name: a record of its own, else the closest
 * wildcard's, as long as nothing stands at the name or below it. Source: RFC 4592, 2.2.2 and 3.3.1, checked 2026-11-22.
 */
export function answers(records: readonly ResourceRecordSet[], name: string): boolean {
  const asked = `${name}.`;
  if (exists(records, asked)) return records.some((set) => set.Name === asked && LEADS.includes(set.Type));
  const encloser = above(asked).find((parent) => exists(records, parent));
  return records.some(({ Name, Type }) => Name === `\\052.${encloser}` && LEADS.includes(Type));
}

/** Whether a name is there, be it only because of what stands below it. */
function exists(records: readonly ResourceRecordSet[], name: string): boolean {
  return records.some(({ Name = '' }) => Name === name || Name.endsWith(`.${name}`));
}

/** "b.test." and "test." for "a.b.test." */
function above(name: string): string[] {
  const parent = name.slice(name.indexOf('.') + 1);
  return parent === '' ? [] : [parent, ...above(parent)];
}
