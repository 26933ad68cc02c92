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
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/local-aws.ts';
import { root } from './paths.ts';

/** A site as the API shows it; a journey reads what it needs. */
export interface Shown {
  domain: string;
  state: string;
  revision: number;
  nameServers?: string[];
  waiting: { step: string; for: string; since: string }[];
  reason?: { step: string; error: string; message: string };
  left?: { type: string; id: string; why: string }[];
  steps: {
    name: string;
    state: string;
    startedAt: string;
    endedAt?: string;
    made: { type: string; id: string; ours: boolean }[];
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

  private constructor(aws: LocalAws, world: World) {
    this.aws = aws;
    this.world = world;
    this.viewer = new Viewer({ ...aws, ca: aws.caPem });
  }

  /** Boots it, with no trouble but what the test makes; `without` names an action that no policy of the template allows then. */
  static async boot({ without, ...options }: Partial<LocalAwsOptions> & { without?: string } = {}): Promise<Nameplate> {
    const folder = without === undefined ? assembly() : assemblyWithout(without);
    try {
      const aws = await startLocalAws({ assembly: folder, speed: 0, seed: 1, unluckyShare: 0, ...options });
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

  post(document: object | string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.aws.apiUrl}/v1/sites`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof document === 'string' ? document : JSON.stringify(document),
    });
  }

  /** Asks for something to be done with a site that stands. */
  act(domain: string, action: 'resume' | 'cancel' | 'undo', body?: string): Promise<Response> {
    return fetch(`${this.aws.apiUrl}/v1/sites/${domain}/${action}`, {
      method: 'POST',
      ...(body && { body }),
    });
  }

  async show(domain: string): Promise<Shown> {
    return (await (await fetch(`${this.aws.apiUrl}/v1/sites/${domain}`)).json()) as Shown;
  }

  /** Declares the site and lets AWS time pass until its operation has ended. */
  async onboard(domain: string, more: object = {}): Promise<Shown> {
    const response = await this.post(this.document(domain, more));
    if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    return this.ended(domain);
  }

  /** Lets AWS time pass until no execution runs, and shows the site. */
  async ended(domain: string): Promise<Shown> {
    await this.aws.clock.until(() => this.aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
    return this.show(domain);
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

  close(): Promise<void> {
    return this.aws.close();
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
