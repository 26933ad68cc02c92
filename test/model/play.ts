import { namesOf } from '../../domain/sites/names-of.ts';
import type { FaultRule } from '../../local/wire/faults.ts';
import { madeBy } from '../faults/invariants.ts';
import { ledgerOf, type SiteLedger } from '../faults/ledger-of.ts';
import { Answered } from './answered.ts';
import { ZoneDeletions } from './blast.ts';
import { EdgeEdits } from './edge-edits.ts';
import { KillSwitch } from './kill-switch.ts';
import { Onlooker } from './onlooker.ts';
import { Pace } from './pace.ts';
import type { Place } from './place.ts';
import { loudLines } from './quiet.ts';
import { RecordEdits } from './record-edits.ts';
import { Requests } from './requests.ts';
import { Ways } from './ways.ts';
import { ALL_LABELS, documentOf, type Wish } from './wishes.ts';
import { doneAgain, invokeStep } from './workers.ts';
import { wrongNow } from './wrong-now.ts';

/** One random story: a domain of its own in a place that many share, what is asked for it, and what others do to it. */
export class Play {
  readonly place: Place;
  readonly domain: string;
  readonly requests: Requests;
  readonly records: RecordEdits;
  readonly edge: EdgeEdits;
  readonly #killSwitch: KillSwitch;
  readonly #names: readonly string[];
  readonly #onlooker: Onlooker;
  readonly #began: Date;
  #failed = false;
  #broken: string[] = [];

  private constructor(place: Place) {
    const { ground, zone } = place;
    const { nameplate } = ground;
    this.place = place;
    this.domain = `m${++ground.runs}.${zone}`;
    this.#names = [this.domain, ...ALL_LABELS.map((label) => `${label}.${this.domain}`)];
    this.#began = nameplate.aws.clock.now();
    this.#killSwitch = new KillSwitch(nameplate);
    const site = async () => (await this.#ledger()).site;
    this.requests = new Requests({
      nameplate,
      domain: this.domain,
      standing: async () => {
        const standing = await site();
        // An operation has ended as soon as the ledger says so, a moment before its execution does.
        const running = standing?.operation !== undefined && !this.atRest;
        return { site: standing, running, stopped: this.#killSwitch.isStopped };
      },
      isCalm: () => this.#isCalm,
    });
    this.records = new RecordEdits({ ground, zone, domain: this.domain });
    this.edge = new EdgeEdits(nameplate, async () => madeBy(await this.#look()));
    const eyes = [
      new Ways(ground, { names: this.#names, isLetGo: (name) => this.#isLetGo(name) }),
      new Answered(this.#names),
      new ZoneDeletions(this.requests.approved),
      new Pace(),
      this.#killSwitch,
    ];
    this.#onlooker = new Onlooker(ground, { zone, site, eyes });
  }

  static async begin(place: Place): Promise<Play> {
    const play = new Play(place);
    await play.#onlooker.begin();
    return play;
  }

  get atRest(): boolean {
    return this.place.ground.nameplate.aws.states.running().length === 0;
  }

  /** Whether nothing has failed so far that was not the product's own doing. */
  get #isCalm(): boolean {
    return !this.#failed && !this.records.made && !this.edge.made;
  }

  document(wish: Wish, onFailure: 'hold' | 'undo'): object {
    return documentOf(wish, { domain: this.domain, instances: this.place.instances, onFailure });
  }

  /** The last request again, with its key: answered as before, and nothing is done (12). */
  async repeat(): Promise<void> {
    const { nameplate } = this.place.ground;
    const [rest, since] = [this.atRest, nameplate.aws.calls.mark()];
    const answer = await this.requests.repeat();
    if (!answer || !rest) return;
    await nameplate.aws.clock.idle();
    this.#broken.push(...doneAgain(nameplate, { since, what: 'the same request again' }));
    if (answer.status !== 202) this.#broken.push(`12: the same request again is answered ${answer.status}`);
  }

  /** The event of a step that has run is delivered twice at once, by an operation that is over or the one that runs. */
  async deliverAgain(nth: number, { old }: { old: boolean }): Promise<void> {
    const { site, steps } = await this.#ledger();
    if (!site) return;
    const revision = site.revision - (old ? 1 : 0);
    const ran = steps.filter((step) => step.revision === site.revision && step.state !== 'waiting');
    const step = ran[nth % Math.max(1, ran.length)]?.name;
    if (!step || revision < 1) return;
    const { nameplate } = this.place.ground;
    const [rest, since] = [this.atRest, nameplate.aws.calls.mark()];
    const deliver = () => invokeStep(nameplate, { step, domain: this.domain, revision });
    await Promise.all([deliver(), deliver()]);
    if (rest) this.#broken.push(...doneAgain(nameplate, { since, what: `the event of ${step} twice at once` }));
  }

  async advance(seconds: number): Promise<void> {
    await this.place.ground.nameplate.aws.clock.advance(seconds * 1000);
  }

  async settle(): Promise<void> {
    await this.place.ground.nameplate.aws.clock.until(() => this.atRest, { limitMs: 40 * 24 * 3_600_000 });
  }

  /** Stops all changes. What runs is held, unless it changes nothing more. */
  async stop(): Promise<void> {
    if (!this.atRest) this.requests.heading = undefined;
    await this.#killSwitch.stop();
  }

  allow(): Promise<void> {
    return this.#killSwitch.allow();
  }

  fail(rule: FaultRule): void {
    this.#failed = true;
    this.place.ground.nameplate.aws.faults.add({ caller: 'assumed-role/', ...rule });
  }

  /** What does not hold now, in sentences. */
  async wrong(): Promise<string[]> {
    // To look lets time pass: what ran when it began may have ended since.
    const { atRest, records, edge } = this;
    const calm = this.#isCalm;
    const { heading } = this.requests;
    const found = wrongNow({ domain: this.domain, ...(await this.#look()) }, { atRest, calm, records, edge, heading });
    await this.#onlooker.upToDate();
    return [...found, ...this.#onlooker.found, ...this.requests.found, ...this.place.reach.found, ...this.#broken];
  }

  /** Mends what others did, lets everything come to its end, and takes the site back. */
  async end(): Promise<string[]> {
    const { aws } = this.place.ground.nameplate;
    aws.faults.clear();
    await this.allow();
    await this.settle();
    await this.records.mend();
    await this.edge.mend();
    const { site } = await this.#ledger();
    if (site && (site.state !== 'undone' || site.left)) {
      const { status, text } = await this.requests.undo();
      if (status !== 202) this.#broken.push(`11: in the end an undo is answered ${status}: ${text}`);
      await this.settle();
    }
    // A change that was held has gone back to what was live.
    const { site: back } = await this.#ledger();
    if (back?.state === 'live') {
      await this.requests.undo();
      await this.settle();
    }
    const wrong = await this.wrong();
    await this.#onlooker.end();
    const { site: after } = await this.#ledger();
    if (after && (after.state !== 'undone' || after.left))
      wrong.push(`11: in the end the site is "${after.state}": ${JSON.stringify(after.reason ?? after.left)}`);
    return [...wrong, ...(await loudLines(this.place.ground.nameplate, this.#began))];
  }

  /** Whether nothing of it stands, so that another play may follow in the same place. */
  async leavesNothing(): Promise<boolean> {
    return madeBy(await this.#look()).length === 0;
  }

  /** Whether a declaration has dropped a name whose records a person has changed: they are left, and said to be. */
  async #isLetGo(name: string): Promise<boolean> {
    if (!this.records.hasChanged(name)) return false;
    const { site } = await this.#ledger();
    return site?.operation?.name !== 'undo' && !(site && namesOf(site.site).some((one) => one.name === name));
  }

  async #look() {
    const { ground } = this.place;
    return { before: ground.standing, after: await ground.look(), ledger: await this.#ledger() };
  }

  #ledger(): Promise<SiteLedger> {
    return ledgerOf(this.place.ground.nameplate, { domain: this.domain, names: this.#names });
  }
}
