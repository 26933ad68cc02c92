import { expect } from '@jest/globals';
import type { Answer } from '../../cli/viewer.ts';
import type { Drill } from '../../domain/failover/drill.ts';
import type { FailoverView } from '../../domain/failover/failover-view.ts';
import { alertsTold } from './alerts-told.ts';
import type { Nameplate, Shown } from './nameplate.ts';

const MINUTE = 60_000;

export const isPage = ({ status, headers }: Answer): boolean => status === 503 && headers['retry-after'] !== undefined;
export const isSite = ({ status }: Answer): boolean => status === 200;
/** What a viewer may get while traffic moves. */
export const isSiteOrPage = (answer: Answer): boolean => isSite(answer) || isPage(answer);

interface Told {
  id: string;
  time: string;
  'detail-type': string;
  detail: { domain?: string };
}

/** A site with a maintenance page, whose time passes as the test says. */
export class MaintainedShop {
  readonly nameplate: Nameplate;
  readonly domain: string;
  readonly www: string;
  readonly #more: object;
  readonly #scheme: 'http' | 'https';

  /** `more` is what its document has besides the domain, the alias "www" and the instance of the world. */
  constructor(
    nameplate: Nameplate,
    domain: string,
    { scheme = 'https', ...more }: Record<string, unknown> & { scheme?: 'http' | 'https' } = {},
  ) {
    this.nameplate = nameplate;
    this.domain = domain;
    this.www = `www.${domain}`;
    this.#scheme = scheme;
    this.#more = { aliases: [this.www], ...more };
  }

  get names(): [string, string] {
    return [this.domain, this.www];
  }

  document(changes: object = {}): object {
    return this.nameplate.document(this.domain, { ...this.#more, ...changes });
  }

  /** Declares it, and lets time pass until it is live. */
  async declare(): Promise<void> {
    const url = `${this.nameplate.aws.apiUrl}/v1/sites`;
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(this.document()) })).status).toBe(202);
    await this.settled();
  }

  /** Lets time pass until its operation has ended well. */
  async settled(): Promise<void> {
    const { state, reason } = await this.nameplate.ended(this.domain);
    expect([state, reason]).toEqual(['live', undefined]);
  }

  /** Declares it anew as it is planned, and lets time pass until it is live: with other things in its document, or as it is. */
  async declareAnew(changes: object = {}): Promise<void> {
    await this.nameplate.change(this.domain, { ...this.#more, ...changes });
    await this.settled();
  }

  /** Takes it back, and lets time pass until nothing of it is left. */
  async takeBack(): Promise<void> {
    expect((await this.nameplate.undo(this.domain)).status).toBe(202);
    const { state, left } = await this.nameplate.ended(this.domain);
    expect([state, left]).toEqual(['undone', undefined]);
  }

  ask(path: string, { method = 'PUT', body = {} }: { method?: string; body?: object } = {}): Promise<Response> {
    const url = `${this.nameplate.aws.apiUrl}/v1/sites/${this.domain}/${path}`;
    return fetch(url, { method, ...(method !== 'DELETE' && { body: JSON.stringify(body) }) });
  }

  /** Asks for a switch, or for what else there is to say of the maintenance. */
  async put(body: object): Promise<number> {
    return (await this.ask('maintenance', { body })).status;
  }

  /** A window from and until so many minutes from now. */
  async window(from: number, until: number, message?: string): Promise<{ id: string }> {
    const at = (minutes: number) => new Date(this.nameplate.aws.clock.now().getTime() + minutes * MINUTE).toISOString();
    const body = { from: at(from), until: at(until), ...(message !== undefined && { message }) };
    return this.windowOf(body);
  }

  async windowOf(body: object): Promise<{ id: string; from: string; until: string }> {
    const response = await this.ask('maintenance/windows', { method: 'POST', body });
    expect(response.status).toBe(201);
    return (await response.json()) as { id: string; from: string; until: string };
  }

  /** Lets time pass, and all that it sets going. */
  async later(minutes: number): Promise<void> {
    await this.nameplate.aws.clock.advance(minutes * MINUTE);
    await this.nameplate.ended(this.domain);
  }

  async shown(): Promise<Shown & { failover?: FailoverView }> {
    return this.nameplate.show(this.domain);
  }

  async drill(): Promise<Drill> {
    const response = await this.ask('drill', { method: 'POST' });
    expect(response.status).toBe(200);
    return (await response.json()) as Drill;
  }

  /** The alerts that people were told of since this was asked last: "Raised pageNotReady". */
  alerted(): string[] {
    const since = this.#alerts;
    const told = alertsTold(this.nameplate.aws.sns.published).filter(({ domain }) => domain === this.domain);
    this.#alerts = told.length;
    return told.slice(since).map(({ words }) => words);
  }
  #alerts = 0;

  /** What people were told of it by the topic, by its kind: "Site Live". */
  told(kind: string): object[] {
    return this.#events(kind).map(({ detail }) => detail);
  }

  /** When, in milliseconds since 1970. */
  toldAt(kind: string): number[] {
    return this.#events(kind).map(({ time }) => Date.parse(time));
  }

  #events(kind: string): Told[] {
    // Alerts are told in words.
    const told = this.nameplate.aws.sns.published.filter(({ message }) => message.startsWith('{'));
    const events = told.map(({ message }) => JSON.parse(message) as Told);
    // An event may come twice.
    const once = new Map(events.map((event) => [event.id, event])).values();
    return [...once].filter((event) => event['detail-type'] === kind && event.detail.domain === this.domain);
  }

  /** What viewers of both names see, once no resolver remembers anything else. */
  async seen({ family = 4 }: { family?: 4 | 6 } = {}): Promise<string[]> {
    await this.nameplate.aws.clock.advance(2 * MINUTE);
    return this.seenNow({ family });
  }

  /** The health check that all its records of a failover follow. */
  async healthCheckId(): Promise<string> {
    const zone = this.domain.slice(this.domain.indexOf('.') + 1);
    const sets = (await this.nameplate.records(zone)).filter(({ Failover }) => Failover === 'PRIMARY');
    const ids = [...new Set(sets.map(({ HealthCheckId }) => HealthCheckId))];
    expect(ids).toEqual([expect.any(String)]);
    return ids[0] ?? '';
  }

  /** The same at this moment: "site", "page", a status, or why there is no answer. */
  seenNow({ family = 4 }: { family?: 4 | 6 } = {}): Promise<string[]> {
    const { viewer } = this.nameplate;
    const see = async (name: string) => {
      const [at = ''] = await viewer.addresses(name, family);
      const answer = await (this.#scheme === 'https' ? viewer.https(name, { at }) : viewer.http(name));
      return isPage(answer) ? 'page' : isSite(answer) ? 'site' : String(answer.status);
    };
    return Promise.all(this.names.map((name) => see(name).catch((error: Error) => error.message)));
  }
}
