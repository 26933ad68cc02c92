import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescribeLogGroupsResponse, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { Viewer } from '../../cli/viewer.ts';
import { isServing, makeWorld, type World } from '../../cli/world.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/local-aws.ts';
import { checkCarriedOut } from './carried-out.ts';
import { type Thing, takeInventory } from './inventory.ts';
import { root } from './paths.ts';
import { secondRun } from './second-run.ts';

/** Every function stays warm: a journey runs twice, and a cold start costs a fifth of a second. */
const KEPT_WARM = 40;

/** How long the API knows an Idempotency-Key, less what a second run takes. */
const KEY_KEPT_MS = 23 * 3_600_000;

/** A site as the API shows it; a journey reads what it needs. */
export interface Shown {
  domain: string;
  state: string;
  revision: number;
  nameServers?: string[];
  waiting: { step: string; for: string; since: string; until?: string }[];
  reason?: { step: string; error: string; message: string };
  left?: { type: string; id: string; why: string }[];
  site: { aliases: string[]; http: string; access: string[]; directName?: string };
  live?: Shown['site'];
  steps: {
    name: string;
    state: string;
    revision: number;
    startedAt: string;
    endedAt?: string;
    made: { type: string; id: string; ours: boolean; before?: object }[];
  }[];
  timeline: { at: string; step?: string; message: string }[];
  createdAt: string;
  liveAt?: string;
}

/** Nameplate, deployed from the synthesized template into a local AWS whose time moves only when the test says so. */
export class Nameplate {
  readonly aws: LocalAws;
  readonly world: World;
  readonly viewer: Viewer;
  /** The requests that were taken under a key, each to be sent again. */
  readonly #taken: { domain: string; at: Date; repeat: () => Promise<Response> }[] = [];
  /** What was planned for sites that are on their way, and what stood before. */
  readonly #declared = new Set<string>();
  readonly #planned = new Map<string, { plan: PlanView; before: Thing[] }>();

  private constructor(aws: LocalAws, world: World) {
    this.aws = aws;
    this.world = world;
    this.viewer = new Viewer({ ...aws, ca: aws.caPem });
  }

  /** Boots it, with no trouble but what the test makes; `without` names an action that no policy of the template allows then. */
  static async boot({ without, ...options }: Partial<LocalAwsOptions> & { without?: string } = {}): Promise<Nameplate> {
    const folder = without === undefined ? assembly() : assemblyWithout(without);
    try {
      const aws = await startLocalAws({
        assembly: folder,
        speed: 0,
        seed: 1,
        unluckyShare: 0,
        keptWarm: KEPT_WARM,
        ...options,
      });
      const world = await makeWorld(aws.url, aws.region);
      await aws.clock.until(() => isServing(aws, world));
      return new Nameplate(aws, world);
    } finally {
      if (without !== undefined) rmSync(folder, { recursive: true });
    }
  }

  /** A site document for the world's instance. */
  document(domain: string, more: object = {}): object {
    return { domain, origin: { instance: { id: this.world.instanceId } }, ...more };
  }

  async post(document: object | string, headers: Record<string, string> = {}): Promise<Response> {
    const repeat = () => this.#send('/v1/sites', document, { headers });
    const response = await repeat();
    const domain = /^\/v1\/sites\/(.+)$/.exec(response.headers.get('location') ?? '')?.[1];
    if (response.status === 202 && domain !== undefined) {
      this.#declared.add(domain);
      if (headers['idempotency-key'] !== undefined) this.#taken.push({ domain, at: this.aws.clock.now(), repeat });
    }
    return response;
  }

  /** The domains of all sites, those included that were declared and are no longer listed. */
  async domains(): Promise<string[]> {
    const listed = (await (await fetch(`${this.aws.apiUrl}/v1/sites`)).json()) as { sites: { domain: string }[] };
    return [...new Set([...this.#declared, ...listed.sites.map(({ domain }) => domain)])];
  }

  /** Sends the requests for a site again that were taken under a key which is still known. */
  takenFor(wanted: string): (() => Promise<Response>)[] {
    const known = this.aws.clock.now().getTime() - KEY_KEPT_MS;
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

  #send(
    path: string,
    document: object | string,
    { method = 'POST', headers = {} }: { method?: 'POST' | 'PUT'; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return fetch(`${this.aws.apiUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof document === 'string' ? document : JSON.stringify(document),
    });
  }

  /** Declares a site that stands anew. */
  async put(domain: string, document: object, headers: Record<string, string> = {}): Promise<Response> {
    const repeat = () => this.#send(`/v1/sites/${domain}`, document, { method: 'PUT', headers });
    const response = await repeat();
    const key = headers['idempotency-key'];
    if (response.status === 202 && key) this.#taken.push({ domain, at: this.aws.clock.now(), repeat });
    return response;
  }

  /** Asks for something to be done with a site that stands. */
  act(domain: string, action: 'resume' | 'cancel' | 'undo', body?: string): Promise<Response> {
    return fetch(`${this.aws.apiUrl}/v1/sites/${domain}/${action}`, {
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

  async show(domain: string): Promise<Shown> {
    return (await (await fetch(`${this.aws.apiUrl}/v1/sites/${domain}`)).json()) as Shown;
  }

  /** Declares the site and lets AWS time pass until its operation has ended. */
  async onboard(domain: string, more: object = {}): Promise<Shown> {
    return this.ended((await this.begin(domain, more)).domain);
  }

  /** Plans the site, then declares it. When it has ended, what was done must be what was planned. */
  async begin(domain: string, more: object = {}): Promise<Shown> {
    const document = this.document(domain, more);
    const plan = await this.plan(document);
    const before = await takeInventory(this);
    const response = await this.post(document, { 'idempotency-key': `journey-${this.aws.calls.mark()}` });
    if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    const shown = (await response.json()) as Shown;
    this.#planned.set(shown.domain, { plan, before });
    return shown;
  }

  /** Plans a change of the site, then declares it anew. When it has ended, what was done must be what was planned. */
  async change(domain: string, more: object = {}): Promise<Shown> {
    const document = this.document(domain, more);
    const plan = await this.plan(document);
    const before = await takeInventory(this);
    const { id, checksum } = plan;
    const headers = { 'idempotency-key': `journey-${this.aws.calls.mark()}` };
    const response = await this.put(domain, { ...document, plan: { id, checksum } }, headers);
    if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    this.#planned.set(domain, { plan, before });
    return (await response.json()) as Shown;
  }

  /** Lets AWS time pass until no execution runs, and shows the site. */
  async ended(domain: string): Promise<Shown> {
    await this.aws.clock.until(() => this.aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
    const site = await this.show(domain);
    const planned = this.#planned.get(domain);
    this.#planned.delete(domain);
    if (planned && site.state === 'live') checkCarriedOut(planned, await takeInventory(this));
    return site;
  }

  /** Lets AWS time pass until the site waits in `step`. */
  async waitsIn(domain: string, step: string): Promise<Shown> {
    await this.aws.clock.until(async () => (await this.show(domain)).waiting.some((waiting) => waiting.step === step));
    return this.show(domain);
  }

  /** The calls that changed something since a mark of the call log, the product's own bookkeeping included. */
  mutatingCalls(mark: number): string[] {
    return this.aws.calls
      .since(mark)
      .filter(({ mutating }) => mutating)
      .map(({ service, operation }) => `${service}:${operation}`);
  }

  /** Everything the functions have written to their logs. */
  async logLines(): Promise<string[]> {
    const { logGroups = [] } = await this.ask<DescribeLogGroupsResponse>('logs', 'DescribeLogGroups');
    const lines: string[] = [];
    for (const { logGroupName } of logGroups) {
      const { events = [] } = await this.ask<FilterLogEventsResponse>('logs', 'FilterLogEvents', { logGroupName });
      lines.push(...events.map(({ message }) => message ?? ''));
    }
    return lines;
  }

  /** Calls any AWS operation as the administrator. */
  readonly ask = <Output>(service: string, operation: string, input: object = {}): Promise<Output> => {
    const { dispatch, account, region } = this.aws;
    const principal = { arn: `arn:aws:iam::${account}:root` };
    return dispatch({ service, operation, input, principal, region }) as Promise<Output>;
  };

  /** All record sets of the hosted zone with this name. */
  async records(zone: string): Promise<ResourceRecordSet[]> {
    const { HostedZones = [] } = await this.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
    const found = HostedZones.find(({ Name }) => Name === `${zone}.`);
    if (!found) return [];
    const listed = await this.ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', {
      HostedZoneId: found.Id,
    });
    return listed.ResourceRecordSets ?? [];
  }

  /** Runs the journey a second time, which must change nothing, and ends it. */
  async close(): Promise<void> {
    try {
      await secondRun(this);
    } finally {
      await this.aws.close();
    }
  }
}

/** A copy of the assembly whose policies nowhere allow `action`. */
function assemblyWithout(action: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'nameplate-assembly-'));
  cpSync(assembly(), copy, { recursive: true });
  const file = join(copy, 'Nameplate.template.json');
  const narrowed = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), (_, value) =>
    value?.Effect === 'Allow' ? { ...value, Action: otherThan(action, value.Action) } : value,
  );
  writeFileSync(file, narrowed);
  return copy;
}

/** The other actions of a statement, which needs at least one. */
function otherThan(action: string, actions: string | string[]): string | string[] {
  const left = [actions].flat().filter((allowed) => allowed !== action);
  return left.length > 0 ? left : 'sts:GetCallerIdentity';
}

/** The synthesized cloud assembly's folder, made once by a process of its own and shared by all journeys. */
const assembly = (): string => execFileSync('node', ['infra/assembly.ts'], { cwd: root, encoding: 'utf8' }).trim();
