import { type AwsNames, addressesOf } from '../../dns/aws-names.ts';
import { type DomainName, domainName } from '../../dns/domain-name.ts';
import type { RecordSet } from '../../dns/record.ts';
import { NameTree, type Zone } from '../../dns/zone.ts';
import type { Step } from './change-batch.ts';
import { type Circumstances, choose } from './choose.ts';
import { wireName } from './record-name.ts';
import { keyOf, type StoredSet } from './record-set.ts';

/** Aliases of aliases that are followed before the chain counts as endless. */
const MAX_ALIASES = 8;

export interface Surroundings {
  zoneId: string;
  awsNames: AwsNames;
  /** Whether the health check with that id says healthy. */
  checkHealthy(id: string): boolean;
  fraction(): number;
  region: string;
}

/** A hosted zone as one of its name servers has it: with the changes that have reached that server. */
export class ServedZone implements Zone {
  readonly origin: DomainName;
  readonly #around: Surroundings;
  readonly #tree: NameTree;
  readonly #sets = new Map<DomainName, StoredSet[]>();

  constructor(origin: DomainName, around: Surroundings) {
    this.origin = origin;
    this.#around = around;
    this.#tree = new NameTree(origin);
  }

  /** Takes over what a change makes different. */
  apply(steps: Step[]): void {
    for (const { gone, come } of steps) {
      if (gone?.owner !== undefined) this.#remove(gone.owner, keyOf(gone));
      if (come?.owner !== undefined) this.#put(come.owner, come);
    }
  }

  has(name: DomainName): boolean {
    return this.#tree.has(name);
  }

  types(name: DomainName): string[] {
    return [...new Set((this.#sets.get(name) ?? []).map(({ type }) => type))];
  }

  find(name: DomainName, type: string): RecordSet | undefined {
    return this.#answer(name, type, MAX_ALIASES);
  }

  #answer(name: DomainName, type: string, aliasesLeft: number): RecordSet | undefined {
    const sets = this.#of(name, type);
    const { fraction, region } = this.#around;
    const circumstances: Circumstances = { healthy: (set) => this.#isHealthy(set, aliasesLeft), fraction, region };
    const answers = choose(sets, circumstances).flatMap((set) => this.#resolve(set, aliasesLeft) ?? []);
    const [first] = answers;
    return first && { type, ttlSeconds: first.ttlSeconds, data: answers.flatMap(({ data }) => data) };
  }

  /** What one set says: its values, or what its alias leads to. */
  #resolve({ type, data, listed }: StoredSet, aliasesLeft: number): RecordSet | undefined {
    const alias = listed.AliasTarget;
    if (!alias) return { type, ttlSeconds: listed.TTL ?? 0, data };
    if (aliasesLeft === 0) return undefined;
    const target = String(alias.DNSName);
    if (alias.HostedZoneId === this.#around.zoneId) {
      const owner = wireName(target);
      return owner === undefined ? undefined : this.#answer(owner, type, aliasesLeft - 1);
    }
    const entry = this.#around.awsNames.get(domainName(target));
    return entry && addressesOf(entry, type);
  }

  /** A set is healthy unless its health check says otherwise, or it evaluates its target and that is not. */
  #isHealthy(set: StoredSet, aliasesLeft: number): boolean {
    const { AliasTarget: alias, HealthCheckId: checkId } = set.listed;
    if (checkId !== undefined && !this.#around.checkHealthy(checkId)) return false;
    if (!alias?.EvaluateTargetHealth || aliasesLeft === 0) return true;
    if (alias.HostedZoneId !== this.#around.zoneId) {
      return this.#around.awsNames.get(domainName(String(alias.DNSName)))?.healthy() ?? false;
    }
    const targets = this.#of(wireName(String(alias.DNSName)) ?? '', set.type);
    return targets.some((target) => this.#isHealthy(target, aliasesLeft - 1));
  }

  #of(name: DomainName, type: string): StoredSet[] {
    return (this.#sets.get(name) ?? []).filter((set) => set.type === type);
  }

  #put(owner: DomainName, set: StoredSet): void {
    this.#sets.set(owner, [...(this.#sets.get(owner) ?? []), set]);
    this.#tree.add(owner);
  }

  #remove(owner: DomainName, key: string): void {
    const left = (this.#sets.get(owner) ?? []).filter((set) => keyOf(set) !== key);
    if (left.length > 0) this.#sets.set(owner, left);
    else this.#sets.delete(owner);
    this.#tree.remove(owner);
  }
}
