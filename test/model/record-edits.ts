import type { ListResourceRecordSetsResponse, ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { ProvingGround } from '../faults/proving-ground.ts';
import type { Thing } from '../support/inventory.ts';
import { ELSEWHERE } from './ways.ts';

/** Where a person may lead a name by hand: out of the account, to an inner address, or, by another record, to what is ours. */
export const TARGETS = ['elsewhere', 'inside', 'metadata', 'ours'] as const;
export type Target = (typeof TARGETS)[number];

const ADDRESS: Record<Exclude<Target, 'ours'>, string> = {
  elsewhere: ELSEWHERE,
  inside: '10.0.0.10',
  metadata: '169.254.169.254',
};

interface Options {
  ground: ProvingGround;
  /** The name of the zone that all stories share. */
  zone: string;
  domain: string;
}

/** People who change the records of a site by hand, without asking Nameplate. */
export class RecordEdits {
  readonly #options: Options;
  /** Records that they put: as they left them. */
  readonly #put = new Map<string, ResourceRecordSet>();
  /** Names whose records they changed. */
  readonly #changed = new Set<string>();
  #made = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether there were any. */
  get made(): boolean {
    return this.#made;
  }

  /** Puts a record where one of ours is to stand. Beside our marker it is a change of ours. */
  async putInTheWay(label: string): Promise<void> {
    const Name = `${label}.${this.#options.domain}.`;
    const records = await this.#records();
    if (records.some((set) => set.Name === Name)) return;
    const theirs: ResourceRecordSet = { Name, Type: 'A', TTL: 300, ResourceRecords: [{ Value: ELSEWHERE }] };
    if (!(await this.#change([{ Action: 'CREATE', ResourceRecordSet: theirs }]))) return;
    if (records.some((set) => set.Name === `_nameplate.${Name}`)) this.#changed.add(Name);
    else this.#put.set(Name, theirs);
  }

  /** Leads a name of ours elsewhere. Of what stands at a name somebody changes what they think of: the IPv4 address. */
  async lead(label: string, to: Target): Promise<void> {
    const ours = await this.#addressOf(label);
    if (!ours) return;
    const { Name = '', AliasTarget, ResourceRecords = [] } = ours;
    if (to === 'ours' && !AliasTarget) return;
    const Value = to === 'ours' ? '' : ADDRESS[to];
    if (ResourceRecords[0]?.Value === Value) return;
    const alias = AliasTarget && { ...AliasTarget, EvaluateTargetHealth: !AliasTarget.EvaluateTargetHealth };
    const theirs = to === 'ours' ? { AliasTarget: alias } : { TTL: 300, ResourceRecords: [{ Value }] };
    const changed = await this.#change([
      { Action: 'DELETE', ResourceRecordSet: ours },
      { Action: 'CREATE', ResourceRecordSet: { Name, Type: 'A', ...theirs } },
    ]);
    if (changed) this.#changed.add(Name);
  }

  /** Deletes a record of ours. */
  async deleteRecord(label: string): Promise<void> {
    const ours = await this.#addressOf(label);
    if (!ours) return;
    if (await this.#change([{ Action: 'DELETE', ResourceRecordSet: ours }])) this.#changed.add(ours.Name ?? '');
  }

  /** Deletes what they take for clutter: our owner marker. */
  async deleteMarker(label: string): Promise<void> {
    const name = this.#nameOf(label);
    const marker = (await this.#records()).find(({ Name }) => Name === `_nameplate.${name}`);
    if (!marker) return;
    if (await this.#change([{ Action: 'DELETE', ResourceRecordSet: marker }])) this.#changed.add(name);
  }

  /** Takes away what they put or changed. */
  async mend(): Promise<void> {
    const names = [...this.#put.keys(), ...this.#changed];
    const theirs = (await this.#records()).filter(
      ({ Name = '', Type }) => names.includes(Name) && (Type === 'A' || Type === 'AAAA'),
    );
    this.#put.clear();
    if (theirs.length > 0) await this.#change(theirs.map((set) => ({ Action: 'DELETE', ResourceRecordSet: set })));
  }

  /** A record that they put is gone or changed. */
  gone(after: readonly Thing[]): string[] {
    const records = after.filter(({ type }) => type === 'record').map(({ state }) => JSON.stringify(state));
    return [...this.#put]
      .filter(([, set]) => !records.includes(JSON.stringify(set)))
      .map(([name]) => `1: ${name} of somebody else's is gone or changed`);
  }

  /** Whether they have changed what Nameplate wrote at a name, or put something there. */
  hasChanged(name: string): boolean {
    return this.#changed.has(`${name}.`) || this.#put.has(`${name}.`);
  }

  /** Whether a sentence is about a record that they put, or about the marker of one that they changed. */
  isAbout(sentence: string): boolean {
    const about = (name: string) => sentence.split(/[\s"]/).includes(name);
    return [...this.#put.keys()].some(about) || (sentence.startsWith('9:') && [...this.#changed].some(about));
  }

  #nameOf(label: string): string {
    return label === '' ? `${this.#options.domain}.` : `${label}.${this.#options.domain}.`;
  }

  async #addressOf(label: string): Promise<ResourceRecordSet | undefined> {
    const name = this.#nameOf(label);
    const marked = (await this.#records()).filter(({ Name }) => Name === name || Name === `_nameplate.${name}`);
    return marked.length > 1 ? marked.find(({ Name, Type }) => Name === name && Type === 'A') : undefined;
  }

  async #records(): Promise<ResourceRecordSet[]> {
    const { ask } = this.#options.ground.nameplate;
    const input = { HostedZoneId: this.#zoneId() };
    return (
      (await ask<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', input)).ResourceRecordSets ?? []
    );
  }

  #zoneId(): string {
    const { ground, zone } = this.#options;
    const is = ({ type, state }: Thing) => type === 'hosted zone' && (state as { Name: string }).Name === `${zone}.`;
    return ground.standing.find(is)?.id ?? '';
  }

  /** Whether it could be done: Nameplate may change the same records meanwhile. */
  async #change(Changes: object[]): Promise<boolean> {
    const { ask, aws } = this.#options.ground.nameplate;
    const input = { HostedZoneId: this.#zoneId(), ChangeBatch: { Changes } };
    this.#made = true;
    for (;;) {
      try {
        await ask('route53', 'ChangeResourceRecordSets', input);
        return true;
      } catch (error) {
        const { name, code } = error as { name?: string; code?: string };
        if (name === 'InvalidChangeBatch' || code === 'InvalidChangeBatch') return false;
        // Their change meets one of ours under way: they try again.
        if (name !== 'PriorRequestNotComplete' && code !== 'PriorRequestNotComplete') throw error;
        await aws.clock.advance(60_000);
      }
    }
  }
}
