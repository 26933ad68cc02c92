import type { IncomingMessage } from 'node:http';
import type { Target } from '../target/target.ts';
import { LONGEST_ANSWER_MS } from '../unreached.ts';
import type { Refused } from './access.ts';
import { apiFailure } from './api-failure.ts';
import { bodyOf } from './body.ts';

/** Requests of the page that reach the API. */
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** Headers that are passed on; all others, cookies and those of the connection among them, end here. */
const ASKED = ['accept', 'content-type', 'idempotency-key'];
const ANSWERED = ['content-type', 'date', 'location', 'retry-after'];

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The API that the console shows. */
export interface Shown {
  target: Pick<Target, 'url' | 'send'>;
  /** Requests concern sites of this tenant alone, whatever the page asks for. */
  tenant?: string | undefined;
}

/**
 * Asks the API for the page, signed with the credentials of who has run the command. Gives its answer without anything that
 * concerns the connection, or why there is none.
 */
export async function askApi(request: IncomingMessage, { target, tenant }: Shown): Promise<Answer | Refused> {
  const { method = '', headers } = request;
  if (!METHODS.includes(method)) {
    const allow = METHODS.join(', ');
    return { status: 405, detail: `Cannot ${method}: the API takes ${allow}`, headers: { allow } };
  }
  const path = apiPath(request.url ?? '', tenant);
  if (path === undefined) return { status: 404, detail: 'Cannot ask for that: the paths of the API begin with /v1/' };
  const body = method === 'GET' ? '' : await bodyOf(request);
  if (typeof body !== 'string') return body;
  return sendToApi(
    path,
    { method, headers: picked(ASKED, (name) => headers[name]?.toString()), ...(body !== '' && { body }) },
    target,
  );
}

/** Sends a request to a path of the API, signed where the API wants that. */
export async function sendToApi(path: string, init: RequestInit, target: Shown['target']): Promise<Answer | Refused> {
  const send =
    target.send ?? ((to: string, options?: RequestInit) => fetch(`${target.url.replace(/\/$/, '')}${to}`, options));
  try {
    const response = await send(path, { ...init, redirect: 'error', signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
    return {
      status: response.status,
      headers: picked(ANSWERED, (name) => response.headers.get(name)),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    return apiFailure(target.url, error);
  }
}

/** The headers of these names that are there. */
const picked = (names: readonly string[], find: (name: string) => string | null | undefined): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, find(name) ?? '']).filter(([, found]) => found !== ''));

/** The path and query to ask for; undefined for what, once "." and ".." are resolved, is no path of the API. */
export function apiPath(url: string, tenant: string | undefined): string | undefined {
  const base = 'http://console.invalid';
  if (!URL.canParse(url, base)) return undefined;
  const { origin, pathname, searchParams } = new URL(url, base);
  if (origin !== base || !pathname.startsWith('/v1/')) return undefined;
  if (tenant !== undefined) searchParams.set('tenant', tenant);
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}
