import { type Header, HOP_BY_HOP, namedByConnection, pairs } from '../../../internet/http-headers.ts';
import { authorityOf, type Exchange } from './exchange.ts';

const DEFAULT_PORTS = { HTTP: 80, HTTPS: 443 };

/** What the target gets: the client's headers without the hop's own, and with the X-Forwarded ones. */
export function requestHeaders(exchange: Exchange, { body }: { body: 'length' | 'chunked' | 'none' }): string[] {
  const { request, upgrade, tls, listener } = exchange;
  const ours = new Map<string, Header>();
  for (const [name, value] of [
    ['Host', hostFor(exchange)],
    ['X-Forwarded-Proto', listener.protocol.toLowerCase()],
    ['X-Forwarded-Port', String(listener.port)],
    ['X-Amzn-Trace-Id', traceId(exchange)],
    ...forwardedFor(exchange),
    ...(tls && setting(exchange, 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled') === 'true'
      ? ([
          ['X-Amzn-Tls-Version', tls.version],
          ['X-Amzn-Tls-Cipher-Suite', tls.cipher],
        ] as Header[])
      : []),
    ['Connection', upgrade ? 'upgrade' : 'keep-alive'],
    ...(upgrade ? ([['Upgrade', String(request.headers.upgrade)]] as Header[]) : []),
    ...(body === 'chunked' ? ([['Transfer-Encoding', 'chunked']] as Header[]) : []),
  ] as Header[]) {
    ours.set(name.toLowerCase(), [name, value]);
  }
  const dropped = [...ours.keys(), ...HOP_BY_HOP, ...namedByConnection(request.headers.connection), 'x-forwarded-for'];
  const theirs = pairs(request.rawHeaders).filter(
    ([name]) => !name.startsWith(':') && !dropped.includes(name.toLowerCase()),
  );
  return [...ours.values(), ...theirs].flat();
}

const setting = ({ listener }: Exchange, key: string): string | undefined => listener.loadBalancer.attributes.get(key);

/** Host goes on as it came; on an unusual port the load balancer adds that, unless told to preserve it. */
function hostFor(exchange: Exchange): string {
  const { listener } = exchange;
  const host = authorityOf(exchange);
  const usual = DEFAULT_PORTS[listener.protocol] === listener.port;
  const preserved = setting(exchange, 'routing.http.preserve_host_header.enabled') === 'true';
  return usual || preserved || /:\d+$/.test(host) ? host : `${host}:${listener.port}`;
}

function forwardedFor(exchange: Exchange): Header[] {
  const { request, client } = exchange;
  const before = request.headers['x-forwarded-for'];
  const mode = setting(exchange, 'routing.http.xff_header_processing.mode');
  if (mode === 'remove') return [];
  if (mode === 'preserve') return before === undefined ? [] : [['X-Forwarded-For', String(before)]];
  const withPort = setting(exchange, 'routing.http.xff_client_port.enabled') === 'true';
  const address = withPort ? `${client.address}:${client.port}` : client.address;
  return [['X-Forwarded-For', before === undefined ? address : `${before}, ${address}`]];
}

/**
 * The request's trace: a new root, or the one that came with a mark of our own before it.
 * Source: Application Load Balancers User Guide, "Request tracing"; checked 2026-11-22.
 */
function traceId({ elb, request }: Exchange): string {
  const { clock, draws } = elb.host;
  const seconds = Math.floor(clock.now().getTime() / 1000).toString(16);
  const id = `1-${seconds}-${draws.hex('elasticloadbalancing:trace', 24)}`;
  const before = request.headers['x-amzn-trace-id'];
  if (before === undefined) return `Root=${id}`;
  return /\bRoot=/.test(String(before)) ? `Self=${id};${before}` : `Root=${id};${before}`;
}
