import type * as z from 'zod/mini';
import type { problemView } from '../domain/sites/view.ts';
import { heardAt } from './live/aws-time.ts';

type ProblemDocument = Partial<z.output<typeof problemView>>;

/** A refusal (RFC 9457): what is wrong and what to do next, with a pointer to each field that is. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: NonNullable<ProblemDocument['errors']>;
  /** What has to be approved before it is done, where that is why it was refused. */
  readonly approval: ProblemDocument['approval'];

  constructor(status: number, { detail, title, errors = [], approval }: ProblemDocument) {
    super(detail ?? title ?? `The API answered ${status}`);
    this.status = status;
    this.errors = errors;
    this.approval = approval;
  }
}

/** No answer came: the console's own server or the network is away. */
export class Unreachable extends Error {}

type Method = 'POST' | 'PUT' | 'DELETE';

/** How long a request is put off that cannot be answered for now, each time it is sent again. */
const REPEATED_AFTER_MS = [1_000, 2_000, 4_000];

/** Answers after which the same request is sent again under its Idempotency-Key. */
const REPEATED: readonly number[] = [429, 500, 502, 503];

/**
 * Reads from the API.
 *
 * @throws {Problem | Unreachable}
 */
export async function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf(await send(path, signal ? { signal } : {}));
}

/**
 * Asks for a change, under one Idempotency-Key however often it is sent.
 *
 * @throws {Problem | Unreachable}
 */
export async function change<Answer>(method: Method, path: string, body?: object): Promise<Answer> {
  const init = {
    method,
    headers: {
      'idempotency-key': crypto.randomUUID(),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  };
  for (const waitMs of REPEATED_AFTER_MS) {
    const response = await send(path, init);
    if (!REPEATED.includes(response.status)) return answerOf(response);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return answerOf(await send(path, init));
}

/** Gives each page of a list as it comes, `{ sites: [...], next }`; from the first on, or where another page has ended. */
export async function* pages<Item>(
  path: string,
  field: string,
  signal?: AbortSignal,
  from?: string,
): AsyncGenerator<Item[]> {
  let next = from;
  do {
    const place = next === undefined ? '' : `${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
    const page = await get<Record<string, unknown> & { next?: string }>(`${path}${place}`, signal);
    yield page[field] as Item[];
    next = page.next;
  } while (next !== undefined);
}

/** All that a list has, page after page. */
export async function everyPage<Item>(path: string, field: string, signal?: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages<Item>(path, field, signal)) items.push(...page);
  return items;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new Unreachable('The console has no connection: see whether "nameplate console" still runs');
  });
  heardAt(response.headers.get('date'));
  return response;
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw new Problem(response.status, (await response.json().catch(() => ({}))) as ProblemDocument);
  return (await response.json()) as Answer;
}
