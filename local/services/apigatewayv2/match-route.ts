import type { ApiRoute } from './api.ts';

/** A route that takes a request, and what its path says. */
export interface Matched {
  route: ApiRoute;
  /** Decoded: { domain: "shop.example.test" }. */
  parameters: Record<string, string>;
}

/**
 * The most specific route for a request: literal segments before parameters, parameters before a greedy one, the method
 * itself before ANY, and "$default" when nothing else fits.
 * `path` is without the stage and still percent-encoded.
 */
export function matchRoute(
  routes: Iterable<ApiRoute>,
  { method, path }: { method: string; path: string },
): Matched | undefined {
  let best: (Matched & { rank: string }) | undefined;
  for (const route of routes) {
    const [wanted = '', template = ''] = route.key.split(' ');
    if (route.key === '$default') {
      best ??= { route, parameters: {}, rank: '' };
      continue;
    }
    if (wanted !== 'ANY' && wanted !== method) continue;
    const parameters = parametersOf(template, path);
    if (!parameters) continue;
    const rank = rankOf(template) + (wanted === 'ANY' ? '0' : '1');
    if (!best || rank > best.rank) best = { route, parameters, rank };
  }
  return best && { route: best.route, parameters: best.parameters };
}

/** Compared segment by segment from the left: literal "3", parameter "2", greedy "1". */
const rankOf = (template: string): string =>
  template
    .split('/')
    .slice(1)
    .map((part) => (part.endsWith('+}') ? '1' : part.startsWith('{') ? '2' : '3'))
    .join('');

function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/').slice(1);
  const given = path.split('/').slice(1);
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)(\+?)\}$/.exec(part);
    const value = name?.[2] ? given.slice(index).join('/') : given[index];
    if (value === undefined || (name && value === '')) return undefined;
    if (name?.[1]) parameters[name[1]] = decode(value);
    else if (decode(value) !== part) return undefined;
    if (name?.[2]) return parameters;
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** Percent-decoded; as it is when that makes no text. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
