import type { SiteView } from '../../domain/sites/view.ts';

type Entered = NonNullable<SiteView['records']>[number];

/** A character-string has 255 bytes at most. Source: RFC 1035, section 3.3. */
const MAX_STRING = 255;

/**
 * Records as lines of a zone file (RFC 1035, section 5), with absolute names. "ALIAS" is no type of DNS: it is a comment
 * that says what to make of it at a provider that has it.
 */
export const zoneLines = (records: readonly Pick<Entered, 'name' | 'type' | 'values' | 'ttlSeconds'>[]): string[] =>
  records.flatMap(({ name, type, values, ttlSeconds }) =>
    values.map((value) =>
      type === 'ALIAS'
        ? `; ${name}. ${ttlSeconds} IN ALIAS ${absolute(value)}  ; ALIAS, ANAME or CNAME flattening of your provider`
        : `${name}. ${ttlSeconds} IN ${type} ${dataOf(type, value)}`,
    ),
  );

function dataOf(type: Entered['type'], value: string): string {
  if (type === 'CNAME') return absolute(value);
  return type === 'TXT' ? textStrings(value) : value;
}

const absolute = (name: string): string => (name.endsWith('.') ? name : `${name}.`);

/** The value of a TXT record as quoted strings; it is ASCII. */
function textStrings(value: string): string {
  const text = value.replace(/^"(.*)"$/, '$1');
  const parts = text.match(new RegExp(`.{1,${MAX_STRING}}`, 'g')) ?? [''];
  return parts.map((part) => `"${part.replace(/["\\]/g, '\\$&')}"`).join(' ');
}
