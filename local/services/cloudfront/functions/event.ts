import { pairs } from '../../../internet/http-headers.ts';
import type { Served } from '../edge/edge-location.ts';
import { type Exchange, targetOf } from '../edge/exchange.ts';

interface Value {
  value: string;
  multiValue?: { value: string }[];
}

/** What a function is told of a request. Source: CloudFront Developer Guide, "CloudFront Functions event structure"; checked 2026-11-30. */
export function eventOf(exchange: Exchange, { distribution }: Served): object {
  const { request, connection, requestId } = exchange;
  const { path, query } = targetOf(exchange);
  const headers = pairs(request.rawHeaders)
    .map(([name, value]): [string, string] => [name === ':authority' ? 'host' : name.toLowerCase(), value])
    .filter(([name]) => !name.startsWith(':') && name !== 'cookie');
  const cookies = String(request.headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType: 'viewer-request',
      requestId,
    },
    viewer: { ip: connection.remoteAddress },
    request: {
      method: request.method,
      uri: path,
      querystring: gathered(query.slice(1).split('&').filter(Boolean).map(splitAtEquals)),
      headers: gathered(headers),
      cookies: gathered(cookies.map(splitAtEquals)),
    },
  };
}

function splitAtEquals(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

/** By name, the values of one that comes more than once beside the last. */
function gathered(given: readonly (readonly [string, string])[]): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [name, value] of given) {
    const before = found[name];
    const values = [...(before?.multiValue ?? (before ? [{ value: before.value }] : [])), { value }];
    found[name] = values.length > 1 ? { value, multiValue: values } : { value };
  }
  return found;
}
