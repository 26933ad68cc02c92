import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as far as it is decided by whether it is answered. */
export interface Asked {
  method: string;
  /** Path and query, as they were sent. */
  url: string;
  headers: IncomingHttpHeaders;
}

/** Why a request is not answered, and what to do. */
export interface Refused {
  status: number;
  detail: string;
  headers?: Record<string, string>;
}

/** 128 bits as text that a URL takes. */
const secret = (): string => randomBytes(16).toString('base64url');

/** Compares in a time that tells nothing of where they differ. */
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * Who may ask the console of one run: a browser that has opened a link with a secret, which is exchanged for a cookie. The
 * loopback alone protects nothing: any page in the browser can send requests to 127.0.0.1, and so can other users.
 */
export class Access {
  readonly #port: number;
  readonly #session = secret();
  /** The link that the terminal shows: good for the whole run. */
  readonly #shown = secret();
  /** Links that other users of this machine can read in the list of processes: good for one use. */
  readonly #single = new Set<string>();

  constructor(port: number) {
    this.#port = port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  link(): string {
    return this.#linkOf(this.#shown);
  }

  singleUseLink(): string {
    const token = secret();
    this.#single.add(token);
    return this.#linkOf(token);
  }

  /**
   * The cookie that the secret of a link is exchanged for; undefined for another secret. Browsers send cookies to every
   * port of a host: its name keeps two consoles apart.
   */
  exchange(token: string): string | undefined {
    const isGood = isSame(token, this.#shown) || this.#single.delete(token);
    return isGood ? `${this.#cookie}=${this.#session}; Path=/; HttpOnly; SameSite=Strict` : undefined;
  }

  /** The secret in the URL of a link that is opened; undefined for any other request. */
  tokenIn({ method, url }: Asked): string | undefined {
    const [path, query = ''] = url.split('?');
    return method === 'GET' && path === '/' ? (new URLSearchParams(query).get('token') ?? undefined) : undefined;
  }

  /** Why a request is not answered; undefined when it is. The first check that refuses it says why. */
  refusal(asked: Asked): Refused | undefined {
    for (const check of [this.#otherHost, this.#otherOrigin, this.#noCookie]) {
      const detail = check(asked);
      if (detail !== undefined) return { status: 403, detail };
    }
    return undefined;
  }

  /** A name that another one's DNS leads to 127.0.0.1 makes its pages of one origin with this port (DNS rebinding). */
  readonly #otherHost = ({ headers: { host = '' } }: Asked): string | undefined =>
    [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`].includes(host)
      ? undefined
      : `Cannot answer for the host ${JSON.stringify(host)}: the console is at ${this.origin}/`;

  /**
   * A page of another origin, another port of this machine included. What opens a link with a secret knows the secret.
   * Source: W3C Fetch Metadata, `Sec-Fetch-Site`; browsers before 2023 send `Origin` alone, with what is not GET.
   */
  readonly #otherOrigin = (asked: Asked): string | undefined => {
    const { origin, host, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = asked.headers;
    const isOurs = ['same-origin', 'none'].includes(String(site));
    const isOpened = mode === 'navigate' && this.tokenIn(asked) !== undefined;
    if ((isOurs || isOpened) && (origin === undefined || origin === `http://${host}`)) return undefined;
    return 'Cannot answer pages of another origin; open the link that "nameplate console" has printed in a window of its own';
  };

  readonly #noCookie = (asked: Asked): string | undefined => {
    if (this.tokenIn(asked) !== undefined) return undefined;
    const cookies = (asked.headers.cookie ?? '').split('; ');
    const isKnown = cookies.some((each) => isSame(each, `${this.#cookie}=${this.#session}`));
    return isKnown ? undefined : 'Cannot tell who asks: open the link that "nameplate console" has printed';
  };

  get #cookie(): string {
    return `nameplate-${this.#port}`;
  }

  #linkOf(token: string): string {
    return `${this.origin}/?token=${token}`;
  }
}
