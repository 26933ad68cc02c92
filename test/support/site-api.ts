import type { SiteCheckView } from '../../domain/doctor/view.ts';
import type { LeavingPlanView } from '../../domain/plans/leaving-view.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import type { LocalAws } from '../../local/local-aws.ts';
import type { Shown } from './shown.ts';

/** How long the API knows an Idempotency-Key, less what a second run takes. */
const KEY_KEPT_MS = 23 * 3_600_000;

/** The product's API, and a memory of what it has taken. */
export class SiteApi {
  readonly #aws: LocalAws;
  /** The requests that were taken under a key, each to be sent again. */
  readonly #taken: { domain: string; at: Date; repeat: () => Promise<Response> }[] = [];
  readonly #declared = new Set<string>();
  /** When each site had changed last, as `changed` saw it. */
  readonly #seen = new Map<string, string>();

  constructor(aws: LocalAws) {
    this.#aws = aws;
  }

  /** Declares a site. */
  async post(document: object | string, headers: Record<string, string> = {}): Promise<Response> {
    const repeat = () => this.#send('/v1/sites', document, { headers });
    const response = await repeat();
    const domain = /^\/v1\/sites\/(.+)$/.exec(response.headers.get('location') ?? '')?.[1];
    if (response.status === 202 && domain !== undefined) {
      this.#declared.add(domain);
      if (headers['idempotency-key'] !== undefined) this.#taken.push({ domain, at: this.#aws.clock.now(), repeat });
    }
    return response;
  }

  /** The domains of all sites, those included that were declared and are no longer listed. */
  async domains(): Promise<string[]> {
    return [...(await this.#updates()).keys()];
  }

  /** The domains of the sites that have changed since this was asked last. */
  async changed(): Promise<string[]> {
    const updates = [...(await this.#updates())].filter(([domain, at]) => this.#seen.get(domain) !== at);
    for (const [domain, at] of updates) this.#seen.set(domain, at);
    return updates.map(([domain]) => domain);
  }

  /** When each site has changed last; empty for those that are no longer listed. */
  async #updates(): Promise<Map<string, string>> {
    const answer = await fetch(`${this.#aws.apiUrl}/v1/sites`);
    const { sites } = (await answer.json()) as { sites: { domain: string; updatedAt: string }[] };
    const declared = [...this.#declared].map((domain) => [domain, ''] as const);
    return new Map([...declared, ...sites.map(({ domain, updatedAt }) => [domain, updatedAt] as const)]);
  }

  /** Sends the requests for a site again that were taken under a key which is still known. */
  takenFor(wanted: string): (() => Promise<Response>)[] {
    const known = this.#aws.clock.now().getTime() - KEY_KEPT_MS;
    return this.#taken
      .filter(({ domain, at }) => domain === wanted && at.getTime() > known)
      .map(({ repeat }) => repeat);
  }

  /** What declaring the document would do. */
  async plan(document: object): Promise<PlanView> {
    const response = await this.#send('/v1/plans', document);
    if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as PlanView;
  }

  /** Declares a site that stands anew. */
  async put(domain: string, document: object, headers: Record<string, string> = {}): Promise<Response> {
    const repeat = () => this.#send(`/v1/sites/${domain}`, document, { method: 'PUT', headers });
    const response = await repeat();
    const key = headers['idempotency-key'];
    if (response.status === 202 && key) this.#taken.push({ domain, at: this.#aws.clock.now(), repeat });
    return response;
  }

  /** Has a live site looked at. */
  async check(domain: string): Promise<SiteCheckView> {
    const response = await this.#send('/v1/checks', { domain });
    return (await response.json()) as SiteCheckView;
  }

  /** Asks for something to be done with a site that stands. */
  act(domain: string, action: 'resume' | 'cancel' | 'undo', body?: string): Promise<Response> {
    return fetch(`${this.#aws.apiUrl}/v1/sites/${domain}/${action}`, {
      method: 'POST',
      ...(body && { body }),
    });
  }

  /** Asks for an undo, and approves whatever it is said to delete. */
  async undo(domain: string): Promise<Response> {
    const answer = await this.act(domain, 'undo');
    if (answer.status !== 409) return answer;
    const { approval } = (await answer.clone().json()) as { approval?: { checksum: string } };
    return approval ? this.act(domain, 'undo', JSON.stringify({ approve: approval.checksum })) : answer;
  }

  /** Asks for what a DELETE would do. */
  async planDelete(domain: string, body: object = {}): Promise<LeavingPlanView> {
    const response = await this.#send(`/v1/sites/${domain}?plan=true`, body, { method: 'DELETE' });
    if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as LeavingPlanView;
  }

  /** Deletes a site, with the approval that its plan asks for. */
  async delete(domain: string, body: object = {}): Promise<Response> {
    const { approval } = await this.planDelete(domain, body);
    const approved = { ...body, ...(approval && { approve: approval.checksum }) };
    return this.#send(`/v1/sites/${domain}`, approved, { method: 'DELETE' });
  }

  /** The site as it stands. */
  async show(domain: string): Promise<Shown> {
    return (await (await fetch(`${this.#aws.apiUrl}/v1/sites/${domain}`)).json()) as Shown;
  }

  #send(
    path: string,
    document: object | string,
    { method = 'POST', headers = {} }: { method?: 'POST' | 'PUT' | 'DELETE'; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return fetch(`${this.#aws.apiUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof document === 'string' ? document : JSON.stringify(document),
    });
  }
}
