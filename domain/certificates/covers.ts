/**
 * Whether a certificate for `names` is good for `name`: itself, or a wildcard of its very label. Source: RFC 6125, section 6.4.3,
 * checked 2026-11-29.
 */
export function covers(names: readonly string[], name: string): boolean {
  const wildcard = `*.${name.slice(name.indexOf('.') + 1)}`;
  return names.some((each) => each.toLowerCase() === name || each.toLowerCase() === wildcard);
}
