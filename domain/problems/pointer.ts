/**
 * Where in a JSON document something stands, as a URI fragment: `pointer(['aliases', 0])` is "#/aliases/0". Source:
 * RFC 6901, sections 3 and 6. Half a character in a key is told as U+FFFD: a URI can't hold it.
 */
export function pointer(path: readonly PropertyKey[]): string {
  return `#${path.map((key) => `/${encodeURIComponent(escaped(String(key)).toWellFormed())}`).join('')}`;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
