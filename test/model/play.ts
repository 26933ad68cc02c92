import type { ListResourceRecordSetsResponse, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { FaultRule } from '../../local/wire/faults.ts';
import { broken, madeBy } from '../faults/invariants.ts';
import { ledgerOf, type SiteLedger } from '../faults/ledger-of.ts';
import type { ProvingGround } from '../faults/proving-ground.ts';
import { scenarioOf } from '../faults/scenarios.ts';
import { FOREIGN, Watch } from '../faults/watch.ts';
import type { Thing } from '../support/inventory.ts';

const ZONE = 'shops.test';
const { document, secure, plain } = scenarioOf('load-balancer');

/** Services in which a call of ours changes the world; the others are bookkeeping. */
const WORLDLY = /^(?:acm|ec2|elasticloadbalancing|route53):/;

/** What came of a request. */
interface Answered {
  status: number;
  text: string;
}

/** One random story: a domain of its own in a place that many share, and what was done to it by somebody else. */
export class Play {
  readonly ground: ProvingGround;
  readonly domain: string;
  readonly #watch: Watch;
  #stop: () => Promise<void> = async () => {};
  #keys = 0;
  /** The last request that was taken, word for word. */
  #taken: (() => Promise<Answered>) | undefined;
  /** Records that somebody else put or changed: as they left them. */
  readonly #theirs = new Map<string, ResourceRecordSet>();
  /** Whether somebody has taken a tag of ours away. */
  #untagged = false;
  #broken: string[] = [];

  private constructor(ground: ProvingGround) {
    this.ground = ground;
    this.domain = `m${++ground.runs}.${ZONE}`;
    this.#watch = new Watch(ground, { scenario: 'load-balancer', domain: this.domain });
  }

  static async begin(ground: ProvingGround): Promise<Play> {
    const play = new Play(ground);
    play.#stop = await play.#watch.begin();
    return play;
  }

  get atRest(): boolean {
    return this.ground.nameplate.aws.states.running().length === 0;
  }

  declare(onFailure: 'hold' | 'undo'): Promise<Answered> {
    const origin = { instance: { id: this.ground.nameplate.world.instanceId } };
    return this.#ask('', JSON.stringify({ ...document(this.domain), onFailure, origin }));
  }

  async undo(): Promise<Answered> {
    const answer = await this.#ask(`/${this.domain}/undo`);
    const approve = /"approval":.*"checksum":"(\w+)"/.exec(answer.text)?.[1];
    return approve ? this.#ask(`/${this.domain}/undo`, JSON.stringify({ approve })) : answer;
  }

  act(action: 'resume' | 'cancel', body?: string): Promise<Answered> {
    return this.#ask(`/${this.domain}/${action}`, body);
  }

  /** The last request again, with its key: answered as before, and nothing is done (12). */
  async repeat(): Promise<void> {
    if (!this.#taken) return;
    const [rest, mark] = [this.atRest, this.ground.nameplate.aws.calls.mark()];
    const { status } = await this.#taken();
    if (!rest) return;
    await this.ground.nameplate.aws.clock.idle();
    this.#nothing(mark, 'the same request again');
    if (status !== 202) this.#broken.push(`12: the same request again is answered ${status}`);
  }

  /** The event of a step that has run is delivered twice at once, by an operation that is over or the one that runs. */
  async deliverAgain(nth: number, { old }: { old: boolean }): Promise<void> {
    const { site, steps } = await this.#ledger();
    if (!site) return;
    const revision = site.revision - (old ? 1 : 0);
    const ran = steps.filter((step) => step.revision === site.revision && step.state !== 'waiting');
    const step = ran[nth % Math.max(1, ran.length)];
    if (!step || revision < 1) return;
    const [rest, mark] = [this.atRest, this.ground.nameplate.aws.calls.mark()];
    await Promise.all([this.#invoke(step.name, revision), this.#invoke(step.name, revision)]);
    if (rest) this.#nothing(mark, `the event of ${step.name} twice at once`);
  }

  async advance(seconds: number): Promise<void> {
    await this.ground.nameplate.aws.clock.advance(seconds * 1000);
  }

  async settle(): Promise<void> {
    await this.ground.nameplate.aws.clock.until(() => this.atRest, { limitMs: 40 * 24 * 3_600_000 });
  }

  fail(rule: FaultRule): void {
    this.ground.nameplate.aws.faults.add({ caller: 'assumed-role/', ...rule });
  }

  /** Somebody puts a record where one of ours is to stand. */
  async putInTheWay(): Promise<void> {
    const Name = `www.${this.domain}.`;
    if ((await this.#records()).some((set) => set.Name === Name)) return;
    const theirs: ResourceRecordSet = { Name, Type: 'A', TTL: 300, ResourceRecords: [{ Value: FOREIGN }] };
    await this.#change([{ Action: 'CREATE', ResourceRecordSet: theirs }]);
    this.#theirs.set(`${Name} A`, theirs);
  }

  /** Somebody points a record of ours elsewhere. */
  async editOurs(): Promise<void> {
    const Name = `direct.${this.domain}.`;
    const ours = (await this.#records()).find((set) => set.Name === Name && set.Type === 'A');
    if (!ours || ours.ResourceRecords?.[0]?.Value === FOREIGN) return;
    const edited: ResourceRecordSet = { Name, Type: 'A', TTL: 300, ResourceRecords: [{ Value: FOREIGN }] };
    await this.#change([
      { Action: 'DELETE', ResourceRecordSet: ours },
      { Action: 'CREATE', ResourceRecordSet: edited },
    ]);
  }

  /** Somebody takes our tag off the load balancer. */
  async untag(): Promise<void> {
    const ours = (await this.#made()).find(({ type }) => type === 'load balancer');
    if (!ours) return;
    const input = { ResourceArns: [ours.id], TagKeys: ['nameplate:site'] };
    this.#untagged = await this.#unlessGone('RemoveTags', input);
  }

  /** Somebody has the listener send viewers on for now instead of for good. */
  async editListener(): Promise<void> {
    const ours = (await this.#made()).find(
      ({ type, state }) => type === 'listener' && (state as { Port: number }).Port === 80,
    );
    if (!ours) return;
    const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_302' };
    const DefaultActions = [{ Type: 'redirect', RedirectConfig }];
    await this.#unlessGone('ModifyListener', { ListenerArn: ours.id, DefaultActions });
  }

  /** Whether it could be done; what is taken back meanwhile can't be changed any more. */
  async #unlessGone(operation: string, input: object): Promise<boolean> {
    try {
      await this.ground.nameplate.ask('elasticloadbalancing', operation, input);
      return true;
    } catch (error) {
      if (/not found/i.test((error as Error).message)) return false;
      throw error;
    }
  }

  /** What does not hold now, in sentences. */
  async wrong(): Promise<string[]> {
    // To look lets time pass: what ran when it began may have ended since.
    const { atRest } = this;
    const { before, after, ledger } = await this.#look();
    const found = broken({ domain: this.domain, before, after, ledger, answers: new Map() }).filter(
      (sentence) =>
        // While an operation runs only what must hold at every moment does.
        (atRest || /^(?:1|8):/.test(sentence)) &&
        // Nobody has asked for it yet, or nobody was heard.
        !(ledger.site === undefined && /^(?:11|19):/.test(sentence)) &&
        // Somebody took the tag away, and no one can know any more.
        !(this.#untagged && /^(?:10|left):/.test(sentence)) &&
        !this.#ofTheirs(sentence),
    );
    return [...found, ...this.#watch.found, ...this.#broken, ...this.#foreignGone(after)];
  }

  /** Mends what others did, lets everything come to its end, and takes the site back. */
  async end(): Promise<string[]> {
    const { aws } = this.ground.nameplate;
    aws.faults.clear();
    await this.settle();
    if (this.#theirs.size > 0) {
      await this.#change([...this.#theirs.values()].map((set) => ({ Action: 'DELETE', ResourceRecordSet: set })));
      this.#theirs.clear();
    }
    const { site } = await this.#ledger();
    if (site && site.state !== 'undone') {
      const { status, text } = await this.undo();
      if (status !== 202) this.#broken.push(`11: in the end an undo is answered ${status}: ${text}`);
      await this.settle();
    }
    const wrong = await this.wrong();
    await this.#stop();
    const { site: after } = await this.#ledger();
    if (after && after.state !== 'undone' && !this.#untagged)
      wrong.push(`11: in the end the site is "${after.state}": ${after.reason?.message}`);
    return wrong;
  }

  /** Whether nothing of it stands, so that another play may follow in the same place. */
  async leavesNothing(): Promise<boolean> {
    return (await this.#made()).length === 0;
  }

  async #ask(path: string, body?: string): Promise<Answered> {
    const key = `${this.domain}-${++this.#keys}`;
    const send = async (): Promise<Answered> => {
      const response = await fetch(`${this.ground.nameplate.aws.apiUrl}/v1/sites${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        ...(body && { body }),
      });
      return { status: response.status, text: await response.text() };
    };
    const answer = await send();
    if (answer.status === 202) this.#taken = send;
    if (answer.status >= 500 && this.ground.nameplate.aws.faults.list().length === 0)
      this.#broken.push(`16: ${path} is answered ${answer.status}: ${answer.text}`);
    return answer;
  }

  async #invoke(step: string, revision: number): Promise<void> {
    const { ask } = this.ground.nameplate;
    const { Functions = [] } = await ask<{ Functions?: { FunctionName: string }[] }>('lambda', 'ListFunctions', {
      MaxItems: 50,
    });
    const FunctionName = Functions.find(({ FunctionName }) => FunctionName.includes(`-${step}Function`))?.FunctionName;
    const Payload = Buffer.from(JSON.stringify({ domain: this.domain, revision }));
    await ask('lambda', 'Invoke', { FunctionName, Payload });
  }

  #nothing(mark: number, what: string): void {
    const calls = this.ground.nameplate.mutatingCalls(mark).filter((call) => WORLDLY.test(call));
    if (calls.length > 0) this.#broken.push(`12: ${what} made ${calls.join(', ')}`);
  }

  async #look() {
    return { before: this.ground.standing, after: await this.ground.look(), ledger: await this.#ledger() };
  }

  async #made(): Promise<Thing[]> {
    return madeBy(await this.#look());
  }

  #ledger(): Promise<SiteLedger> {
    const names = [...secure(this.domain), ...plain(this.domain)];
    return ledgerOf(this.ground.nameplate, { domain: this.domain, names });
  }

  /** A sentence about a record that somebody else put. */
  #ofTheirs(sentence: string): boolean {
    return [...this.#theirs.keys()].some(
      (key) => sentence.includes(key) || sentence.includes(`records of ${key.split(' ')[0]}`),
    );
  }

  #foreignGone(after: readonly Thing[]): string[] {
    const records = after.filter(({ type }) => type === 'record').map(({ state }) => JSON.stringify(state));
    return [...this.#theirs]
      .filter(([, set]) => !records.includes(JSON.stringify(set)))
      .map(([key]) => `1: ${key} of somebody else's is gone or changed`);
  }

  async #zoneId(): Promise<string> {
    const zone = this.ground.standing.find(
      ({ type, state }) => type === 'hosted zone' && (state as { Name: string }).Name === `${ZONE}.`,
    );
    return zone?.id ?? '';
  }

  async #records(): Promise<ResourceRecordSet[]> {
    const input = { HostedZoneId: await this.#zoneId() };
    const { ask } = this.ground.nameplate;
    return (
      (await ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', input)).ResourceRecordSets ?? []
    );
  }

  async #change(Changes: object[]): Promise<void> {
    const { ask } = this.ground.nameplate;
    const HostedZoneId = await this.#zoneId();
    try {
      await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
    } catch (error) {
      // Their change meets one of ours under way: they try again.
      if (!/PriorRequestNotComplete/.test(String((error as Error).name) + String((error as { code?: string }).code)))
        throw error;
      await this.advance(60);
      await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
    }
  }
}
