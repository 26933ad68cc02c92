import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Authority } from '../certificates/authority.ts';
import type { Names } from '../dns/names.ts';
import type { Host } from '../host.ts';
import type { Connection } from './internet.ts';
import { speakHttp1 } from './speak-http.ts';

const HTTP = { headerBytes: 16_384, refusal: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n' };

/** Where both listen: IANA, which says who answers, and the registry of "test", which does. */
const ADDRESS = '198.51.100.55';
const IANA = 'data.iana.org';
const REGISTRY = 'rdap.nic.test';

const DAY_MS = 86_400_000;

/** How long a certificate of theirs lives, and how long one is shown. */
const LIVES_MS = 90 * DAY_MS;
const SHOWN_MS = 60 * DAY_MS;

/** RDAP of one registry, plugged into the small internet: over real TLS, and with the limits that registries have. */
export class Rdap {
  /** When each registered domain ends. */
  readonly expirations = new Map<string, Date>();
  /** Every request, oldest first: "rdap.nic.test /domain/example.test". */
  readonly asked: string[] = [];
  /** What the registry answers everyone for now: 429 with this Retry-After. */
  busySeconds: number | undefined;
  readonly #host: Host;
  readonly #authority: Authority;
  readonly #shown = new Map<string, { until: number; context: Promise<SecureContext> }>();
  readonly #leave: () => void;

  constructor(host: Host, { names, authority }: { names: Names; authority: Authority }) {
    this.#host = host;
    this.#authority = authority;
    names.top.address(IANA, ADDRESS);
    names.registrar.setRecords(REGISTRY, { type: 'A', ttlSeconds: 86_400, data: [ADDRESS] });
    this.#leave = names.internet.listen({ address: ADDRESS, port: 443 }, (connection) => this.#serve(connection));
  }

  close(): void {
    this.#leave();
  }

  #serve(connection: Connection): void {
    connection.on('error', () => connection.destroy());
    const socket = new TLSSocket(connection, {
      isServer: true,
      ALPNProtocols: ['http/1.1'],
      SNICallback: (name, answer) => {
        this.#contextOf(name === IANA ? IANA : REGISTRY).then(
          (context) => answer(null, context),
          (error: Error) => answer(error),
        );
      },
    });
    socket.on('error', () => connection.destroy());
    socket.once('close', () => connection.destroy());
    socket.once('secure', () => {
      speakHttp1(
        socket,
        ({ request, response }) => {
          const { status, headers, body } = this.#answer(request.headers.host ?? '', request.url ?? '');
          response.statusCode = status;
          const all = { 'content-type': 'application/rdap+json', ...headers };
          for (const [header, value] of Object.entries(all)) response.setHeader(header, value);
          response.end(body ? JSON.stringify(body) : '');
        },
        HTTP,
      );
    });
  }

  #answer(host: string, path: string): { status: number; headers?: Record<string, string>; body?: object } {
    this.asked.push(`${host} ${path}`);
    if (host === IANA && path === '/rdap/dns.json') {
      const services = [[['test'], [`https://${REGISTRY}/`]]];
      return { status: 200, body: { version: '1.0', publication: this.#host.clock.now().toISOString(), services } };
    }
    if (this.busySeconds !== undefined) return { status: 429, headers: { 'retry-after': String(this.busySeconds) } };
    const name = /^\/domain\/([^/?]+)$/.exec(path)?.[1]?.toLowerCase();
    const expires = name === undefined ? undefined : this.expirations.get(name);
    if (!expires) return { status: 404, body: { errorCode: 404, title: 'Not Found' } };
    return {
      status: 200,
      body: {
        objectClassName: 'domain',
        ldhName: name,
        status: ['active'],
        events: [{ eventAction: 'expiration', eventDate: expires.toISOString() }],
      },
    };
  }

  #contextOf(name: string): Promise<SecureContext> {
    const now = this.#host.clock.now().getTime();
    const known = this.#shown.get(name);
    if (known && now < known.until) return known.context;
    const dates = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + LIVES_MS) };
    const context = this.#authority
      .issue({ names: [name], keyAlgorithm: 'EC_prime256v1', ...dates })
      .then(({ certificatePem, chainPem, privateKeyPem }) =>
        createSecureContext({ cert: certificatePem + chainPem, key: privateKeyPem, minVersion: 'TLSv1.2' }),
      );
    context.catch(() => this.#shown.delete(name));
    this.#shown.set(name, { until: now + SHOWN_MS, context });
    return context;
  }
}
