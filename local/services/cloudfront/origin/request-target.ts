import type { Origin } from '@aws-sdk/client-cloudfront';
import type { CompleteConfig } from '../distributions/distribution.ts';
import { type Exchange, targetOf } from '../edge/exchange.ts';
import type { RequestPolicy } from '../policies/request-policy.ts';

/** The path and the query that the origin is asked for: "/origin-path/index.html?a=1". */
export function requestTarget(
  exchange: Exchange,
  { config, origin, policy }: { config: CompleteConfig; origin: Origin; policy: RequestPolicy },
): string {
  const { path, query } = targetOf(exchange);
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
