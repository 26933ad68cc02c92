import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { LoggedCall } from '../../local/wire/calls.ts';
import type { ProvingGround } from './proving-ground.ts';
import { namesOf, type ScenarioName, scenarioOf } from './scenarios.ts';
import { shown } from './shows.ts';
import { PROVIDERS_ZONE } from './surroundings/another-provider.ts';
import { FOREIGN } from './surroundings/surroundings.ts';

/** How long a resolver remembers an alias, in seconds: Route 53's own for a load balancer. */
const ALIAS_TTL_SECONDS = 60;

const WORLDLY = new Set(['acm', 'ec2', 'elasticloadbalancing', 'route53']);

/** Where a name leads. */
interface Way {
  set: ResourceRecordSet;
  /** Since when the record is gone; resolvers still send viewers there. */
  goneAt?: number;
}

/**
 * Looks on while an act goes: after each call of the product that changes something, every name that leads somewhere, or did
 * a moment ago, must be served there (4, 5, 6).
 */
export class Watch {
  readonly #ground: ProvingGround;
  readonly #zone: string;
  readonly #secure: readonly string[];
  readonly #plain: readonly string[];
  #ways = new Map<string, Way>();
  #looking: Promise<void> = Promise.resolve();
  readonly found: string[] = [];

  constructor(ground: ProvingGround, { scenario, domain }: { scenario: ScenarioName; domain: string }) {
    const { secure, plain } = namesOf(scenarioOf(scenario), domain);
    this.#ground = ground;
    this.#zone = scenarioOf(scenario).zone ?? domain;
    this.#secure = secure;
    this.#plain = plain;
  }

  /** Begins with what stands now. Gives what ends it. */
  async begin(): Promise<() => Promise<void>> {
    const { aws } = this.#ground.nameplate;
    await this.#read();
    this.#ground.onCall = (call) => {
      // A person changes things between calls of ours.
      if (this.#zone === PROVIDERS_ZONE) this.#looking = this.#looking.then(() => this.#read());
      if (!call.mutating || !WORLDLY.has(call.service) || !call.principal.includes('assumed-role/')) return;
      // The look counts as work: time does not leap while it is taken.
      this.#looking = aws.clock.during(() => this.#looking.then(() => this.#look(call)));
    };
    return async () => {
      this.#ground.onCall = undefined;
      await this.#looking;
    };
  }

  async #look({ operation }: LoggedCall): Promise<void> {
    if (operation === 'ChangeResourceRecordSets') await this.#read();
    for (const [key, way] of this.#ways) {
      const name = String(way.set.Name).replace(/\.$/, '');
      const rememberedMs = (way.set.TTL ?? ALIAS_TTL_SECONDS) * 1000;
      if (way.goneAt !== undefined && this.#now() - way.goneAt >= rememberedMs) this.#ways.delete(key);
      else if (!(await this.#serves(name, way.set)))
        this.found.push(
          `6: after ${operation} ${name} ${way.goneAt ? 'is still remembered to lead' : 'leads'} to what does not serve it`,
        );
    }
  }

  async #read(): Promise<void> {
    const names = [...this.#secure, ...this.#plain].map((name) => `${name}.`);
    const records = (await this.#ground.records(this.#zone)).filter(
      ({ Name = '', Type, AliasTarget, ResourceRecords = [] }) =>
        names.includes(Name) && Type === 'A' && (AliasTarget || ResourceRecords[0]?.Value !== FOREIGN),
    );
    const standing = new Map(records.map((set) => [JSON.stringify(set), { set }]));
    const gone = [...this.#ways].filter(([key]) => !standing.has(key));
    this.#ways = new Map([...standing, ...gone.map(([key, way]) => [key, { goneAt: this.#now(), ...way }] as const)]);
  }

  async #serves(name: string, { AliasTarget, ResourceRecords = [] }: ResourceRecordSet): Promise<boolean> {
    const { viewer, ask } = this.#ground.nameplate;
    try {
      if (AliasTarget) {
        const [at] = await viewer.addresses(String(AliasTarget.DNSName).replace(/\.$/, ''));
        return at !== undefined && (await shown({ viewer }, { name, over: 'https', at })) !== 'neither';
      }
      const { Addresses = [] } = await ask<{ Addresses?: { PublicIp?: string; InstanceId?: string }[] }>(
        'ec2',
        'DescribeAddresses',
      );
      return Addresses.some(({ PublicIp, InstanceId }) => PublicIp === ResourceRecords[0]?.Value && InstanceId);
    } catch {
      return false;
    }
  }

  #now(): number {
    return this.#ground.nameplate.aws.clock.now().getTime();
  }
}
