/** "*.example.test" covers names of one more label, and nothing above or below. */
export function coversName(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  return pattern.startsWith('*.') && name.slice(name.indexOf('.') + 1) === pattern.slice(2) && name.includes('.');
}

/** A name that a distribution may have as an alias: lower case, "*" as a whole first label only. */
export const isAlias = (name: string): boolean =>
  name.length <= 253 &&
  /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(name) &&
  !/(^|\.)cloudfront\.net$/.test(name);
