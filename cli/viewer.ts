import { Resolver } from 'node:dns/promises';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createSecureContext, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';

/** What a viewer needs to know of the small internet. */
export interface Way {
  /** "127.0.0.1:53000" */
  dns: string;
  /** "http://127.0.0.1:8080" */
  proxy: string;
  /** The PEM text of the certificate authority to trust. */
  ca: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A certificate as a server presented it. */
export interface Served {
  names: string[];
  issuer: string;
  validFrom: Date;
  validTo: Date;
}

/** The title of a page. */
export const titleOf = ({ body }: Pick<Answer, 'body'>): string | undefined => /<title>(.*?)<\/title>/i.exec(body)?.[1];

/** A person with a browser in the small internet: asks its DNS and comes in by its proxy, as curl and dig do. */
export class Viewer {
  readonly #way: Way;
  readonly #secureContext: SecureContext;
  readonly #resolver = new Resolver({ timeout: 5_000, tries: 2 });

  constructor(way: Way) {
    this.#way = way;
    this.#secureContext = createSecureContext({ ca: way.ca });
    this.#resolver.setServers([way.dns]);
  }

  addresses(name: string, family: 4 | 6 = 4): Promise<string[]> {
    return family === 4 ? this.#resolver.resolve4(name) : this.#resolver.resolve6(name);
  }

  /** The IPv4 and the IPv6 addresses. Rejects when the name has neither. */
  async everyAddress(name: string): Promise<string[]> {
    const [four, six] = await Promise.allSettled([this.addresses(name), this.addresses(name, 6)]);
    if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
    return [four, six].flatMap((looked) => (looked.status === 'fulfilled' ? looked.value : []));
  }

  /** Plain HTTP. Follows nothing. */
  http(name: string, path = '/'): Promise<Answer> {
    const { hostname, port } = new URL(this.#way.proxy);
    return answered(
      request({ host: hostname, port, path: `http://${name}${path}`, headers: { host: name }, timeout: 10_000 }),
    );
  }

  /** HTTPS with the certificate checked against the name and the authority, at the name or an address. Follows nothing. */
  async https(
    name: string,
    { path = '/', at = name, method = 'GET', body = '' } = {},
  ): Promise<Answer & { certificate: Served }> {
    const secure = await this.#handshake(name, at);
    const peer = secure.getPeerX509Certificate();
    if (!peer) throw new Error(`Cannot read the certificate of "${name}": the server sent none`);
    const certificate: Served = {
      names: (peer.subjectAltName ?? '').split(', ').map((name) => name.replace(/^DNS:/, '')),
      issuer: /CN=(.*)/.exec(peer.issuer)?.[1] ?? peer.issuer,
      validFrom: peer.validFromDate,
      validTo: peer.validToDate,
    };
    const headers = { host: name, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) };
    const answer = await answered(
      request({ createConnection: () => secure, method, path, headers, timeout: 10_000 }),
      body,
    );
    secure.destroy();
    return { ...answer, certificate };
  }

  async #handshake(name: string, at: string): Promise<TLSSocket> {
    const socket = await this.#tunnel(at, 443);
    return new Promise((resolve, reject) => {
      const secure = tlsConnect({ socket, servername: name, secureContext: this.#secureContext }, () =>
        resolve(secure),
      );
      secure.once('error', reject);
    });
  }

  #tunnel(host: string, port: number): Promise<Socket> {
    const proxy = new URL(this.#way.proxy);
    const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    return new Promise((resolve, reject) => {
      const ask = request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path });
      ask.once('error', reject);
      ask.once('connect', (response, socket, head) => {
        if (response.statusCode === 200) return resolve(socket);
        // The proxy's own sentence, which is all of the body.
        text(socket).then((rest) => reject(new Error(`${head}${rest}`.trim())), reject);
      });
      ask.end();
    });
  }
}

function answered(ask: ReturnType<typeof request>, sent = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask.once('error', reject);
    ask.once('timeout', () => ask.destroy(new Error('Cannot wait any longer: no answer in 10 s')));
    ask.once('response', async (response) => {
      try {
        response.setEncoding('utf8');
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      } catch (error) {
        reject(error);
      }
    });
    ask.end(sent);
  });
}
