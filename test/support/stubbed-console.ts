import { join } from 'node:path';
import { frontEnd } from '../../cli/console/front-end.ts';
import { serveConsole } from '../../cli/console/server.ts';
import { BuiltCommand } from './built-command.ts';

/** What the API is asked. */
export interface Request {
  /** "GET /v1/sites" */
  what: string;
  query: URLSearchParams;
  body: unknown;
}

/** What it answers: a document, or a problem with its status. */
export type Answer = { status?: number; body: object };

export interface StubbedConsole {
  /** Opens a page of the console: "/sites/shop.example.test". */
  link: string;
  origin: string;
  asked: Request[];
  /** What answers from now on. An error thrown is an API that cannot be reached. */
  answer: (request: Request) => Answer | undefined;
  close(): Promise<void>;
}

const NOT_FOUND: Answer = { status: 404, body: { detail: 'Cannot find it: the test says nothing of it' } };

/** The built console before an API that answers what a test says. */
export async function stubbedConsole(): Promise<StubbedConsole> {
  const built = new BuiltCommand();
  const asked: Request[] = [];
  const served = await serveConsole({
    files: frontEnd([join(built.folder, 'dist', 'console')]),
    where: { where: 'nameplate local', isLocal: true },
    target: {
      url: 'http://api.test',
      async send(path, init) {
        const { pathname, searchParams } = new URL(path, 'http://api.test');
        const text = init?.body?.toString() ?? '';
        const request = {
          what: `${init?.method ?? 'GET'} ${pathname}`,
          query: searchParams,
          body: text === '' ? undefined : JSON.parse(text),
        };
        asked.push(request);
        const { status = 200, body } = stub.answer(request) ?? NOT_FOUND;
        return Response.json(body, { status, headers: { date: new Date().toUTCString() } });
      },
    },
  });
  const stub: StubbedConsole = {
    link: served.access.link(),
    origin: served.access.origin,
    asked,
    answer: () => undefined,
    async close() {
      await served.close();
      built.remove();
    },
  };
  return stub;
}
