/** What a page of the inspection port answers: a status and something to be written as JSON. */
export interface Page {
  status: number;
  body: unknown;
}

/** One thing that can be looked at or done, by method and path. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** "/_local/faults"; a last part "{id}" stands for any. */
  path: string;
  /** For the index: what it shows or does. */
  about: string;
  answer(request: { id: string; query: URLSearchParams; body: unknown }): Page | Promise<Page>;
}

export const ok = (body: unknown): Page => ({ status: 200, body });

/** The request is wrong; `detail` says how to make it right. */
export const wrong = (detail: string): Page => ({ status: 400, body: { error: detail } });
