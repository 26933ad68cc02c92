import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OtherProvider } from '../dns/other-provider.ts';
import type { Host } from '../host.ts';
import { bodyOf } from '../wire/body.ts';
import type { CallLog } from '../wire/calls.ts';
import type { Faults } from '../wire/faults.ts';
import { callRoutes } from './calls.ts';
import { clockRoutes } from './clock.ts';
import { drawRoutes } from './draws.ts';
import { faultRoutes } from './faults.ts';
import { providerRoutes } from './provider.ts';
import { ok, type Page, type Route, wrong } from './route.ts';

/** The largest body that is read here. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * A look inside, on the same port as AWS, under "/_local/": time, calls, draws, faults, as JSON. Nothing changes by
 * GET. For `startFront({ inside })`, which has refused foreign hosts and origins before it asks here.
 */
export function createInspection(
  { clock, draws }: Pick<Host, 'clock' | 'draws'>,
  { calls, faults, provider }: { calls: CallLog; faults: Faults; provider?: OtherProvider },
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const routes = [
    ...clockRoutes(clock),
    ...callRoutes(calls),
    ...drawRoutes(draws),
    ...faultRoutes(faults),
    ...(provider ? providerRoutes(provider) : []),
  ];
  const index: Route = {
    method: 'GET',
    path: '/_local',
    about: 'this list',
    answer: () =>
      ok(Object.fromEntries([index, ...routes].map(({ method, path, about }) => [`${method} ${path}`, about]))),
  };
  return (request, response) => {
    if (!/^\/_local(?:[/?]|$)/.test(request.url ?? '')) return false;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    void answer([index, ...routes], request, { pathname, query: searchParams })
      .catch((error: unknown): Page => ({ status: 500, body: { error: String(error) } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
        response.end(`${JSON.stringify(body, undefined, 2)}\n`);
      });
    return true;
  };
}

async function answer(
  routes: Route[],
  request: IncomingMessage,
  { pathname, query }: { pathname: string; query: URLSearchParams },
): Promise<Page> {
  const path = pathname.replace(/\/$/, '');
  const here = routes.filter((route) => idIn(route, path) !== undefined);
  const route = here.find(({ method }) => method === request.method);
  if (!route) {
    const methods = here.map(({ method }) => method).join(', ');
    if (methods) return { status: 405, body: { error: `Cannot ${request.method} ${path}: it takes ${methods}` } };
    return { status: 404, body: { error: `Cannot find ${path}: GET /_local/ lists what there is` } };
  }
  if (route.method !== 'POST') return route.answer({ id: idIn(route, path) ?? '', query, body: undefined });
  const body = await jsonOf(request);
  return body
    ? route.answer({ id: idIn(route, path) ?? '', query, body })
    : wrong('Cannot read the body: it must be a JSON object');
}

/** What stands for "{id}" in the path: "" where the route has none, undefined where the route is another. */
function idIn(route: Route, path: string): string | undefined {
  if (!route.path.endsWith('/{id}')) return route.path === path ? '' : undefined;
  const folder = route.path.slice(0, -'{id}'.length);
  const id = path.slice(folder.length);
  return path.startsWith(folder) && id !== '' && !id.includes('/') ? id : undefined;
}

async function jsonOf(request: IncomingMessage): Promise<object | undefined> {
  const body = await bodyOf(request, MAX_BODY_BYTES);
  if (!body) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
