import { isMutating, type LoggedCall } from '../../local/wire/calls.ts';
import { type CallSite, callerPart, callSites } from '../faults/call-site.ts';
import { madeBy } from '../faults/invariants.ts';
import { KINDS, type Kind } from '../faults/kinds.ts';
import { ledgerOf } from '../faults/ledger-of.ts';
import { differences, type Picture, pictureOf } from '../faults/picture.ts';
import type { ProvingGround } from '../faults/proving-ground.ts';
import { calledBy } from '../support/called-by.ts';
import type { Thing } from '../support/inventory.ts';
import type { Unit } from './units.ts';
import { Walk } from './walk.ts';

/** When a load balancer has become active, and ACM knows what uses a certificate. */
const SETTLED_MS = 20 * 60_000;

/** A fault at a call of one of the steps. */
export interface Strike {
  site: CallSite;
  kind: Kind;
}

/** A resource in the world that those before it have made: it can be made and taken away again and again. */
export class Stage {
  readonly #ground: ProvingGround;
  readonly #unit: Unit;
  readonly #walk: Walk;
  readonly #before: readonly Thing[];

  private constructor(
    ground: ProvingGround,
    { unit, walk, before }: { unit: Unit; walk: Walk; before: readonly Thing[] },
  ) {
    this.#ground = ground;
    this.#unit = unit;
    this.#walk = walk;
    this.#before = before;
  }

  static async set(ground: ProvingGround, unit: Unit): Promise<Stage> {
    // Nothing answers below these: "shops.test" has a wildcard.
    const apart = { 'hosted zone': 'own.test', delegation: 'above.test', 'adopted delegation': 'above.test' };
    const zone = new Map(Object.entries(apart)).get(unit.name) ?? 'shops.test';
    const domain = `c${++ground.runs}.${zone}`;
    await unit.surroundings.begin?.({ ground, domain });
    const declared = unit.surroundings.declares?.({ ground, domain });
    const { cdn, failover } = unit.document ?? {};
    // Each play has names of its own: the next one begins while resolvers remember.
    const originName = `origin.${domain}`;
    const own = {
      ...(cdn && { cdn: { ...cdn, originName } }),
      ...(failover?.originName !== undefined && { failover: { ...failover, originName } }),
    };
    const walk = await Walk.begin(ground.nameplate, { domain, ...unit.document, ...declared, ...own });
    for (const state of unit.after) await walked(ground, walk, state);
    await ground.nameplate.aws.clock.advance(SETTLED_MS);
    return new Stage(ground, { unit, walk, before: await ground.look() });
  }

  /** Makes the resource and takes it away again, with a fault or none. Gives the calls, and what there was in between. */
  async play(strike?: Strike): Promise<{ sites: CallSite[]; made: Picture; broken: string[] }> {
    const { aws } = this.#ground.nameplate;
    const { forward, backward, becomes } = this.#unit;
    if (becomes) await this.#walk.declare(becomes);
    if (strike) for (const rule of KINDS[strike.kind].rules(strike.site)) aws.faults.add(rule);
    const making = await this.#calls(forward);
    await aws.clock.advance(SETTLED_MS);
    const made = await this.#picture();
    // The registrar has delegated the zone meanwhile.
    if (this.#unit.name === 'hosted zone') aws.registrar.undelegate(this.#walk.domain);
    const again = strike ? [] : await this.#again(forward);
    await (becomes ? this.#walk.declare(this.#unit.document ?? {}) : this.#walk.turn('backward'));
    const removing = await this.#calls(backward);
    if (!strike) again.push(...(await this.#again(backward)));
    const [first] = aws.faults.list();
    const isMet = !first || first.seen >= (first.at ?? 1);
    const unmet = isMet || isFurtherLook(strike?.site) ? [] : ['the fault was not met'];
    aws.faults.clear();
    const sites = callSites([...making, ...removing]);
    // ACM notices only later that nothing uses a certificate any more.
    await aws.clock.advance(SETTLED_MS);
    const after = await this.#ground.look();
    // With a document again what was there before stays, and the ledger has it.
    const remembered = becomes ? [] : await this.#walk.remembered(forward, after);
    const left = differences(this.#plain(this.#before), this.#plain(after));
    const said = left.length > 0 ? await Promise.all(backward.map((state) => this.#walk.said(state))) : [];
    if (!becomes) await this.#walk.turn('forward');
    if (!becomes) await this.#walk.forget(...forward, ...backward);
    return {
      sites,
      made,
      broken: [
        ...again,
        ...unmet,
        ...remembered,
        ...left.map((line) => `after it was taken away the world ${line}`),
        ...said,
      ],
    };
  }

  /** Takes steps, and gives the calls of those that are of the unit's own kind. */
  async #calls(states: readonly string[]): Promise<LoggedCall[]> {
    const { beside = [] } = this.#unit;
    const { aws } = this.#ground.nameplate;
    const mark = aws.calls.mark();
    for (const state of states) await this.#walk.step(state);
    const own = states.filter((state) => !beside.includes(state)).map((state) => callerPart(calledBy(state).name));
    return aws.calls.since(mark).filter(({ principal }) => own.some((part) => principal.includes(part)));
  }

  /** What a second run of the steps changes, in words: in the account or in the ledger. */
  async #again(states: readonly string[]): Promise<string[]> {
    return (await this.#calls(states))
      .filter(({ mutating }) => mutating)
      .map(({ service, operation }) => `a second run made ${service}:${operation}`);
  }

  /** Things without what differs from run to run; how often a marker has moved is one of it. */
  #plain(things: readonly Thing[]): string[] {
    const { domain } = this.#walk;
    const instanceId = this.#ground.nameplate.world.instanceId;
    const ledger = { site: undefined, steps: [], claims: [] };
    return pictureOf(domain, { things, ledger, instanceId }).things.map(withoutGeneration);
  }

  async #picture(): Promise<Picture> {
    const { nameplate } = this.#ground;
    const { domain } = this.#walk;
    const ledger = await ledgerOf(nameplate, { domain, names: [domain] });
    const things = madeBy({ before: this.#before, after: await this.#ground.look() });
    const picture = pictureOf(domain, { things, ledger, instanceId: nameplate.world.instanceId });
    return { ...picture, things: picture.things.map(withoutGeneration) };
  }
}

/** What is waited for takes another time in each play, and fewer looks at it may do. */
const isFurtherLook = (site: CallSite | undefined): boolean =>
  site !== undefined && site.n > 1 && !isMutating(site.operation);

/** How often a marker has moved tells of the plays before. */
const withoutGeneration = (line: string): string => line.replace(/generation=\d+/g, 'generation=N');

/** What differs from what the resource is like without a fault. */
export function differing(wanted: Picture, made: Picture): string[] {
  return [...differences(wanted.things, made.things), ...differences(wanted.ledger, made.ledger)];
}

/** The steps whose certificates are waited for, by the step that waits. */
const REQUESTS: Record<string, string> = {
  AwaitCertificate: 'RequestCertificate',
  AwaitViewerCertificate: 'RequestViewerCertificate',
};

async function walked({ nameplate }: ProvingGround, walk: Walk, state: string): Promise<void> {
  const request = REQUESTS[state];
  if (!request) return walk.step(state);
  const { certificateArn } = await walk.output(request);
  await nameplate.aws.clock.until(async () => {
    const { Certificate } = await nameplate.ask<{ Certificate: { Status: string } }>('acm', 'DescribeCertificate', {
      CertificateArn: certificateArn,
    });
    return Certificate.Status === 'ISSUED';
  });
  await walk.done(state, { certificateArn });
}
