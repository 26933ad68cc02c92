import type { DescribeLogGroupsResponse, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import type { ListRulesResponse } from '@aws-sdk/client-eventbridge';
import type {
  ListHostedZonesResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { Viewer } from '../../cli/viewer.ts';
import { isServing, makeWorld, type World } from '../../cli/world.ts';
import type { PlanView } from '../../domain/plans/view.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local/local-aws.ts';
import { assembly } from './assembly.ts';
import { checkCarriedOut } from './carried-out.ts';
import { type Thing, takeInventory, takeZones } from './inventory.ts';
import { secondRun } from './second-run.ts';
import type { Shown } from './shown.ts';
import { SiteApi } from './site-api.ts';

export type { Shown } from './shown.ts';

/** Every function stays warm, whatever time passes: a cold start costs a fifth of a second. What it keeps must stay true for longer so. */
const WARM = { keptWarm: 100, credentialHours: 365 * 24 };

/** Nameplate, deployed from the synthesized template into a local AWS whose time moves only when the test says so. */
export class Nameplate extends SiteApi {
  readonly aws: LocalAws;
  readonly world: World;
  readonly viewer: Viewer;
  /** Who administers the zones in other accounts. */
  readonly partners: Pick<Nameplate, 'aws' | 'ask'>[] = [];
  /** What was planned for sites that are on their way, and what stood before. */
  readonly #planned = new Map<string, { plan: PlanView; before: Thing[] }>();
  #lastPlan: PlanView | undefined;

  private constructor(aws: LocalAws, world: World) {
    super(aws);
    this.aws = aws;
    this.world = world;
    this.viewer = new Viewer({ ...aws, ca: aws.caPem });
  }

  /**
   * Boots it, with no trouble but what the test makes. Its rules that go by time alone are disabled unless `sweeps` says otherwise: a test
   * may let months pass.
   */
  static async boot({
    sweeps = false,
    ...options
  }: Partial<LocalAwsOptions> & { sweeps?: boolean } = {}): Promise<Nameplate> {
    const aws = await startLocalAws({
      assembly: assembly(),
      speed: 0,
      seed: 1,
      unluckyShare: 0,
      lagShare: 0,
      ...WARM,
      ...options,
    });
    if (!sweeps) await disableSweeps(aws);
    const world = await makeWorld(aws.url, aws.region);
    await aws.clock.until(() => isServing(aws, world));
    return new Nameplate(aws, world);
  }

  /** A site document for the world's instance. */
  document(domain: string, more: object = {}): object {
    return { domain, origin: { instance: { id: this.world.instanceId } }, ...more };
  }

  /** Declares the site and lets AWS time pass until its operation has ended. */
  async onboard(domain: string, more: object = {}): Promise<Shown> {
    return this.ended((await this.begin(domain, more)).domain);
  }

  /** Declares the site. */
  async begin(domain: string, more: object = {}): Promise<Shown> {
    return taken(
      await this.post(this.document(domain, more), { 'idempotency-key': `journey-${this.aws.calls.mark()}` }),
    );
  }

  /** Declares the site anew: as it is planned now, or approving the deletions with that checksum. */
  async change(domain: string, more: object = {}, seen: { approve?: string } = {}): Promise<Shown> {
    const document = this.document(domain, more);
    const { id, checksum } = await this.plan(document);
    const headers = { 'idempotency-key': `journey-${this.aws.calls.mark()}` };
    const how = 'approve' in seen ? seen : { plan: { id, checksum } };
    return taken(await this.put(domain, { ...document, ...how }, headers));
  }

  override post(document: object | string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#planFirst(document, () => super.post(document, headers));
  }

  override put(domain: string, document: object, headers: Record<string, string> = {}): Promise<Response> {
    return this.#planFirst(document, () => super.put(domain, document, headers));
  }

  override async plan(document: object): Promise<PlanView> {
    this.#lastPlan = await super.plan(document);
    return this.#lastPlan;
  }

  /**
   * Plans what is declared, unless it names the plan that was made last, then declares it. When it has ended, what was done
   * must be what was planned; where several operations go on at once, nobody can tell whose a change was.
   */
  async #planFirst(document: object | string, declare: () => Promise<Response>): Promise<Response> {
    const isAlone = this.aws.states.running().length === 0;
    if (!isAlone || typeof document === 'string') {
      this.#planned.clear();
      return declare();
    }
    const {
      plan: given,
      approve: _,
      ...wanted
    } = document as { plan?: { id?: string }; approve?: string; dns?: unknown };
    const known = given?.id !== undefined && given.id === this.#lastPlan?.id ? this.#lastPlan : undefined;
    const [planned] = await Promise.allSettled([known ?? this.plan(wanted)]);
    const before = await this.look();
    const response = await declare();
    const domain = /^\/v1\/sites\/(.+)$/.exec(response.headers.get('location') ?? '')?.[1];
    const hasBegun = response.status === 202 && this.aws.states.running().length > 0;
    if (!hasBegun || domain === undefined) return response;
    if (planned.status === 'rejected') throw planned.reason;
    // Of a zone in another account a plan tells once the names are proven.
    const unread = typeof wanted.dns === 'object' && planned.value.waits.some((wait) => wait.for === 'your records');
    if (!unread) this.#planned.set(domain, { plan: planned.value, before });
    return response;
  }

  /** Lets AWS time pass until no execution runs, and shows the site. */
  async ended(domain: string): Promise<Shown> {
    await this.aws.clock.until(() => this.aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
    const site = await this.show(domain);
    const planned = this.#planned.get(domain);
    this.#planned.delete(domain);
    if (planned && site.state === 'live' && !site.reason) checkCarriedOut(planned, await this.look());
    return site;
  }

  /** Everything that the product may touch, the zones in other accounts with it. */
  async look(): Promise<Thing[]> {
    const things = await takeInventory(this);
    for (const partner of this.partners) things.push(...(await takeZones(partner)));
    // A challenge is entered by a person, and is theirs to take away.
    return things.filter(({ id }) => !id.includes(' _nameplate-challenge.'));
  }

  /** Lets AWS time pass until the site waits in `step`. */
  async waitsIn(domain: string, step: string): Promise<Shown> {
    let mark = this.aws.calls.mark();
    let site = await this.show(domain);
    const waits = async (): Promise<boolean> => {
      // While nothing is written to the ledger the site stands as it was shown.
      if (this.aws.calls.since(mark).some(({ service, mutating }) => mutating && service === 'dynamodb')) {
        mark = this.aws.calls.mark();
        site = await this.show(domain);
      }
      return site.waiting.some((waiting) => waiting.step === step);
    };
    await this.aws.clock.until(waits);
    return site;
  }

  /**
   * The calls that changed something since a mark of the call log, the product's own bookkeeping included; but for the
   * ledger's of plans, since every declaration is planned first.
   */
  mutatingCalls(mark: number): string[] {
    return this.aws.calls
      .since(mark)
      .filter(({ mutating }) => mutating)
      .filter(({ service, principal }) => !(service === 'dynamodb' && principal.includes('-CreatePlanRole')))
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

  /** Calls any AWS operation as the administrator, in the region of the stack or another one. */
  readonly ask = <Output>(
    service: string,
    operation: string,
    input: object = {},
    region = this.aws.region,
  ): Promise<Output> => {
    const { dispatch, account } = this.aws;
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

async function taken(response: Response): Promise<Shown> {
  if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Shown;
}

/** Disables every rule that has a schedule. */
async function disableSweeps(aws: LocalAws): Promise<void> {
  const principal = { arn: `arn:aws:iam::${aws.account}:root` };
  const ask = (operation: string, input: object) =>
    aws.dispatch({ service: 'events', operation, input, principal, region: aws.region });
  const { Rules = [] } = (await ask('ListRules', {})) as ListRulesResponse;
  for (const { Name, ScheduleExpression } of Rules) if (ScheduleExpression) await ask('DisableRule', { Name });
}
