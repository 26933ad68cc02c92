import type { RequestPolicy } from '../policies/request-policy.ts';
import type { Destined } from './errand.ts';

/** The path and the query that the origin is asked for: "/origin-path/index.html?a=1". */
export function requestTarget({ config, origin, policy, target }: Destined): string {
  const { path, query } = target;
  const object = path === '/' && config.DefaultRootObject ? `/${config.DefaultRootObject}` : path;
  return `${origin.OriginPath ?? ''}${object}${queryFor(query, policy)}`;
}

function queryFor(query: string, policy: RequestPolicy): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && policy.sendsQuery(decoded(pair.split('=')[0] ?? '')));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
