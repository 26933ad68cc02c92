import { type Header, HOP_BY_HOP, namedByConnection, pairs } from '../../../internet/http-headers.ts';
import { type Exchange, hostOf } from '../edge/exchange.ts';
import type { RequestPolicy } from '../policies/request-policy.ts';
import type { Destined } from './errand.ts';

// Source for both: CloudFront Developer Guide, "HTTP request headers and CloudFront behavior"; checked 2026-11-29.
/** Sent to the origin whatever the policies say. */
const ALWAYS = [
  'content-length',
  'content-md5',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'max-forwards',
  'range',
  'via',
];
/** Never sent to the origin, or in a form of CloudFront's own. */
const NEVER =
  /^(x-forwarded-proto|x-real-ip|x-http-method-override|x-amz-cf-.*|x-edge-.*|cookie|host|accept-encoding|x-forwarded-for|user-agent|via)$/;

/** What makes an answer depend on what the viewer has already. */
export const CONDITIONAL = /^(if-.*|range)$/;

/** What the origin gets: the viewer's headers that the policies send, CloudFront's own, and those of the origin's settings. */
export function requestHeaders(errand: Destined): string[] {
  const { exchange, origin, policy, body, errorPage, validators } = errand;
  const { request } = exchange;
  const dropped = [...HOP_BY_HOP, ...namedByConnection(request.headers.connection)];
  const theirs = pairs(request.rawHeaders).filter(([name]) => {
    const lower = name.toLowerCase();
    if (name.startsWith(':') || dropped.includes(lower) || NEVER.test(lower)) return false;
    if (/^content-/.test(lower) && body === 'none') return false;
    if ((errorPage || validators) && CONDITIONAL.test(lower)) return false;
    return ALWAYS.includes(lower) || policy.sendsHeader(lower);
  });
  const custom = (origin.CustomHeaders?.Items ?? []).map(
    ({ HeaderName = '', HeaderValue = '' }): Header => [HeaderName, HeaderValue],
  );
  const named = new Set(custom.map(([name]) => name.toLowerCase()));
  return [...ownHeaders(errand), ...theirs, ...(validators ?? [])]
    .filter(([name]) => !named.has(name.toLowerCase()))
    .concat(custom)
    .flat();
}

/** The name that the origin is asked for, and that it shall show a certificate for. */
export const originHost = ({ exchange, origin, policy, chosen }: Destined): string =>
  chosen?.hostHeader ?? (policy.sendsHeader('host') ? hostOf(exchange) : String(origin.DomainName));

function ownHeaders(errand: Destined): Header[] {
  const { exchange, policy, body, joins } = errand;
  const { request, connection, server, requestId } = exchange;
  const before = request.headers['x-forwarded-for'];
  const viaBefore = request.headers.via;
  const version = request.httpVersionMajor === 2 ? '2.0' : request.httpVersion;
  const ownVia = `${version} ${server} (CloudFront)`;
  const cookies = cookiesFor(String(request.headers.cookie ?? ''), policy);
  const encoding = acceptEncoding(request.headers['accept-encoding'], policy);
  const agent = policy.sendsHeader('user-agent') ? request.headers['user-agent'] : 'Amazon CloudFront';
  return [
    ['Host', originHost(errand)],
    ['Connection', joins ? 'Upgrade' : 'Keep-Alive'],
    ...given('Upgrade', joins ? 'websocket' : undefined),
    ...given('Transfer-Encoding', body === 'chunked' ? 'chunked' : undefined),
    ['Via', viaBefore === undefined ? ownVia : `${viaBefore}, ${ownVia}`],
    ['X-Forwarded-For', before === undefined ? connection.remoteAddress : `${before}, ${connection.remoteAddress}`],
    ['X-Amz-Cf-Id', requestId],
    ...given('User-Agent', agent),
    ...given('Accept-Encoding', encoding),
    ...given('Cookie', cookies),
    ...(policy.aboutViewer ? aboutViewer(exchange, version) : []),
  ];
}

const given = (name: string, value: string | undefined): Header[] =>
  value === undefined || value === '' ? [] : [[name, value]];

/** The compressed forms that are cached apart; without them the viewer's own header is a header like others. */
function acceptEncoding(wanted: string | string[] | undefined, policy: RequestPolicy): string | undefined {
  const text = [wanted].flat().join(',');
  const { gzip, brotli } = policy.cache;
  if (!gzip && !brotli) return policy.sendsHeader('accept-encoding') ? text : undefined;
  return [...(brotli && /\bbr\b/.test(text) ? ['br'] : []), ...(gzip && /\bgzip\b/.test(text) ? ['gzip'] : [])].join(
    ',',
  );
}

function cookiesFor(cookies: string, policy: RequestPolicy): string {
  const each = cookies.split(';').map((cookie) => cookie.trim());
  return each.filter((cookie) => cookie !== '' && policy.sendsCookie(cookie.split('=')[0] ?? '')).join('; ');
}

/** Source: CloudFront Developer Guide, "Add CloudFront request headers"; checked 2026-11-29. Of places nothing is known here. */
function aboutViewer({ connection, scheme }: Exchange, version: string): Header[] {
  const address = connection.remoteAddress.includes(':') ? `[${connection.remoteAddress}]` : connection.remoteAddress;
  return [
    ['CloudFront-Viewer-Address', `${address}:${connection.remotePort}`],
    ['CloudFront-Viewer-Http-Version', version],
    ['CloudFront-Forwarded-Proto', scheme],
    ['CloudFront-Is-Desktop-Viewer', 'true'],
    ['CloudFront-Is-Mobile-Viewer', 'false'],
    ['CloudFront-Is-Tablet-Viewer', 'false'],
    ['CloudFront-Is-SmartTV-Viewer', 'false'],
  ];
}
