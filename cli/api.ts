import { randomUUID } from 'node:crypto';
import type { EdgeName } from '../domain/edges/edge.ts';
import type { DeclaredOrigin } from '../domain/origins/origin.ts';
import type { PlanView } from '../domain/plans/view.ts';
import type { ServerCredentials } from '../domain/server-kit/credentials.ts';
import type { Failover } from '../domain/sites/failover.ts';
import { repeatRequest, type Wait } from './repeat-request.ts';

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

/** An answer that is a problem document (RFC 9457), as one sentence a pointer. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(
    status: number,
    problem: { title?: string; detail?: string; errors?: { pointer: string; detail: string }[] },
  ) {
    const fields = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`).join('');
    super(`${problem.detail ?? problem.title ?? `The API answered ${status}`}${fields}`);
    this.status = status;
  }
}

/** Nameplate's HTTP API, asked the way any client would: what cannot be answered for now is asked again. */
export class Api {
  readonly url: string;
  readonly #wait: Wait | undefined;

  constructor(url: string, { wait }: { wait?: Wait } = {}) {
    this.url = url.replace(/\/$/, '');
    this.#wait = wait;
  }

  /**
   * Declares a site, under one Idempotency-Key however often it is asked. Gives the path where it can be watched. Throws
   * `ApiProblem` when it is refused.
   */
  async declare(document: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await this.#ask('/v1/sites', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
      body: document,
    });
    if (response.status !== 202) throw await problemOf(response);
    return response.headers.get('location') ?? '';
  }

  /** What onboarding the site would do. Makes nothing. */
  async plan(document: string): Promise<PlanView> {
    const response = await this.#ask('/v1/plans', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: document,
    });
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as PlanView;
  }

  async site(path: string): Promise<SiteView> {
    const response = await this.#ask(path);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as SiteView;
  }

  /** New credentials for the ACME client of a site's server; unused ones of before are revoked. */
  async serverCredentials(domain: string): Promise<ServerCredentials> {
    const response = await this.#ask(`/v1/sites/${domain}/server-credentials`, { method: 'POST' });
    if (response.status !== 201) throw await problemOf(response);
    return (await response.json()) as ServerCredentials;
  }

  #ask(path: string, init?: RequestInit): Promise<Response> {
    return repeatRequest(() => fetch(`${this.url}${path}`, init), this.#wait);
  }
}

const problemOf = async (response: Response): Promise<ApiProblem> =>
  new ApiProblem(response.status, (await response.json().catch(() => ({}))) as object);
