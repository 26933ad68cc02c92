/** What the segments of a path stand for: `{ domain: "shop.example.com" }`. */
export type Params = Record<string, string>;

/** The parameters of a path under a pattern such as "/sites/:domain"; undefined where it does not match. */
export function matchPath(pattern: string, path: string): Params | undefined {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const params: Params = {};
  for (const [at, segment] of wanted.entries()) {
    const value = given[at] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

/** The path of a site's page. */
export const sitePath = (domain: string): string => `/sites/${encodeURIComponent(domain)}`;

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

/** A segment that is no valid escape is what it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
