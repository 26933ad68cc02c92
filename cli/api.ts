import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EdgeName } from '../domain/edges/edge.ts';
import type { DeclaredOrigin } from '../domain/origins/origin.ts';
import type { PlanView } from '../domain/plans/view.ts';
import type { ServerCredentials } from '../domain/server-kit/credentials.ts';
import type { Failover } from '../domain/sites/failover.ts';
import { refusalOf, stranger } from './api-problem.ts';
import { asTyped } from './as-typed.ts';
import { repeatRequest, type Wait } from './repeat-request.ts';
import { LONGEST_ANSWER_MS, Unreached } from './unreached.ts';

/** A step as the API shows it. */
export interface StepView {
  name: string;
  state: 'running' | 'waiting' | 'done' | 'failed';
  startedAt: string;
  endedAt?: string;
  waitingFor?: string;
  message?: string;
  made: { type: string; id: string; ours: boolean; detail?: string }[];
}

/** A site as `GET /v1/sites/{domain}` shows it. */
export interface SiteView {
  domain: string;
  state: 'pending' | 'changing' | 'switching' | 'live' | 'failed' | 'held' | 'undoing' | 'undone';
  site: {
    domain: string;
    aliases: string[];
    directName?: string;
    edge: EdgeName;
    http: string;
    origin: DeclaredOrigin;
    failover?: Failover;
  };
  nameServers?: string[];
  reason?: { step: string; error: string; message: string };
  steps: StepView[];
  /** The newest entries. */
  timeline: { at: string; changedAt?: string; step?: string; message: string; by?: string }[];
  createdAt: string;
  liveAt?: string;
}

/** Sends a request to a path of the API, signed where the API wants that. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface ApiOptions {
  wait?: Wait | undefined;
  send?: Send | undefined;
  tenant?: string | undefined;
  command?: (words: string) => string;
  /** How long one answer is waited for. */
  longestAnswerMs?: number;
}

/** Nameplate's HTTP API, asked the way any client would: what cannot be answered for now is asked again. */
export class Api {
  readonly #url: string;
  readonly #send: Send;
  readonly #wait: Wait | undefined;
  readonly #tenant: string | undefined;
  readonly #command: (words: string) => string;
  readonly #longestAnswerMs: number;

  /**
   * `send` takes the place of plain requests to `url`; every request names the expected `tenant`; `command` makes what
   * is typed next of words such as "list".
   */
  constructor(
    url: string,
    { wait, send, tenant, command = (words) => asTyped(words), longestAnswerMs = LONGEST_ANSWER_MS }: ApiOptions = {},
  ) {
    const base = url.replace(/\/$/, '');
    this.#url = base;
    this.#send = send ?? ((path, init) => fetch(`${base}${path}`, init));
    this.#wait = wait;
    this.#tenant = tenant;
    this.#command = command;
    this.#longestAnswerMs = longestAnswerMs;
  }

  /**
   * Declares a site, under one Idempotency-Key however often it is asked. Gives the path where it can be watched. Throws
   * `ApiProblem` when it is refused.
   */
  async declare(document: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await this.#ask('POST', '/v1/sites', { text: document, headers });
    return response.headers.get('location') ?? '';
  }

  /** What onboarding the site would do. Makes nothing. */
  async plan(document: string): Promise<PlanView> {
    return (await (await this.#ask('POST', '/v1/plans', { text: document })).json()) as PlanView;
  }

  async site(path: string): Promise<SiteView> {
    return this.get<SiteView>(path);
  }

  /** New credentials for the ACME client of a site's server; unused ones of before are revoked. */
  async serverCredentials(domain: string): Promise<ServerCredentials> {
    return this.change<ServerCredentials>('POST', `/v1/sites/${domain}/server-credentials`);
  }

  /** @throws {ApiProblem} */
  async get<Answer>(path: string, stop?: AbortSignal): Promise<Answer> {
    return (await (await this.#ask('GET', path, { stop })).json()) as Answer;
  }

  /**
   * Asks for a change, under one Idempotency-Key however often it is asked. When `stop` aborts meanwhile, its reason is thrown, and the
   * change may have begun.
   *
   * @throws {ApiProblem}
   */
  async change<Answer>(method: Method, path: string, body?: object, stop?: AbortSignal): Promise<Answer> {
    const text = body && JSON.stringify(body);
    return (await (await this.#ask(method, path, { ...(text !== undefined && { text }), stop })).json()) as Answer;
  }

  async #ask(
    method: Method,
    path: string,
    {
      text,
      headers = {},
      stop,
    }: { text?: string; headers?: Record<string, string>; stop?: AbortSignal | undefined } = {},
  ): Promise<Response> {
    const init: RequestInit = {
      method,
      headers: {
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    };
    const wait = this.#wait ?? ((seconds) => sleep(seconds * 1000, undefined, { signal: stop }));
    const ask = (): Promise<Response> => {
      const late = AbortSignal.timeout(this.#longestAnswerMs);
      return this.#send(this.#ofTenant(path), { ...init, signal: stop ? AbortSignal.any([stop, late]) : late });
    };
    const response = await repeatRequest(ask, wait).catch((error: unknown) => {
      const isLate = error instanceof DOMException && error.name === 'TimeoutError';
      const isGone = error instanceof TypeError && error.cause;
      throw isLate || isGone ? new Unreached(`the API at ${this.#url}`, error) : error;
    });
    if (!response.ok) throw await refusalOf(response, { url: this.#url, asked: path, command: this.#command });
    if (!response.headers.get('content-type')?.startsWith('application/json')) throw stranger(this.#url, response);
    return response;
  }

  #ofTenant(path: string): string {
    if (this.#tenant === undefined) return path;
    return `${path}${path.includes('?') ? '&' : '?'}tenant=${encodeURIComponent(this.#tenant)}`;
  }
}
