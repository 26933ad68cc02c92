import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { ProvingGround } from '../faults/proving-ground.ts';
import type { Eye, Seen } from './onlooker.ts';

/** The longest that a resolver remembers a record of ours, in ms. */
const REMEMBERED_MS = 60_000;

/** How far a viewer comes who goes where a record leads. */
type Far = 'nowhere' | 'there' | 'served';
const FAR: readonly Far[] = ['nowhere', 'there', 'served'];

/** Where a name leads. */
interface Way {
  set: ResourceRecordSet;
  /** Whether Nameplate has put it up as it is; else a person has. */
  ours: boolean;
  far: Far;
  /** Since when the record is gone; resolvers still send viewers there. */
  goneAt?: number;
}

/**
 * What Nameplate puts up serves, at once and for as long as a resolver remembers it (5, 6). Where a person leads a name by
 * hand, no call of Nameplate makes it worse than it was when the person had done so; whether the person put it there, or
 * changed what was ours.
 */
export class Ways implements Eye {
  readonly #ground: ProvingGround;
  readonly #names: readonly string[];
  /** Whether a name is no longer declared, and its record no longer Nameplate's to delete: it may lead to what serves others. */
  readonly #isLetGo: (name: string) => Promise<boolean>;
  #ways = new Map<string, Way>();

  constructor(
    ground: ProvingGround,
    { names, isLetGo }: { names: readonly string[]; isLetGo: (name: string) => Promise<boolean> },
  ) {
    this.#ground = ground;
    this.#names = names;
    this.#isLetGo = isLetGo;
  }

  async look({ call: { operation }, ours, before, after }: Seen): Promise<string[]> {
    if (before !== after) this.#follow(after, ours);
    const found: string[] = [];
    for (const [key, way] of this.#ways) {
      if (way.goneAt !== undefined && this.#now() - way.goneAt >= REMEMBERED_MS) {
        this.#ways.delete(key);
        continue;
      }
      const far = await this.#goes(way.set);
      if (ours && FAR.indexOf(far) < FAR.indexOf(way.far) && !(await this.#isLetGo(bare(way.set.Name)))) {
        const whose = way.ours ? '' : ', as somebody left it,';
        const leads = way.goneAt ? 'is still remembered to lead' : 'leads';
        const was = way.ours ? '' : `, and was "${way.far}" before`;
        found.push(`6: after ${operation} ${bare(way.set.Name)}${whose} ${leads} "${far}"${was}`);
      }
      if (!way.ours) way.far = far;
    }
    return found;
  }

  /** What stands now, who has put it up, and what is gone but remembered. */
  #follow(records: readonly ResourceRecordSet[], ours: boolean): void {
    const known = this.#ways;
    const standing = records.filter(({ Name = '', Type }) => this.#names.includes(bare(Name)) && leads(Type));
    this.#ways = new Map(
      standing.map((set) => {
        const key = JSON.stringify(set);
        const way = known.get(key);
        if (way && way.goneAt === undefined) return [key, way];
        // A copy of what a wildcard says leads where the wildcard leads.
        const ourOwn = ours && !isForeign(set);
        return [key, { set, ours: ourOwn, far: ourOwn ? 'served' : 'nowhere' }];
      }),
    );
    // What a person has taken away was theirs to take.
    for (const [key, way] of known)
      if (!this.#ways.has(key) && (ours || way.goneAt !== undefined))
        this.#ways.set(key, { goneAt: this.#now(), ...way });
  }

  async #goes({ Name, AliasTarget, ResourceRecords = [], Type }: ResourceRecordSet): Promise<Far> {
    const to = bare(AliasTarget?.DNSName ?? (Type === 'CNAME' ? ResourceRecords[0]?.Value : undefined));
    return to === '' ? this.#atAddress(ResourceRecords[0]?.Value) : this.#atName(bare(Name), to);
  }

  async #atName(name: string, to: string): Promise<Far> {
    const { viewer } = this.#ground.nameplate;
    const [at] = await viewer.addresses(to).catch(() => []);
    if (at === undefined) return 'nowhere';
    return viewer.https(name, { at }).then(
      ({ status }) => (status === 200 ? 'served' : 'there'),
      () => 'there',
    );
  }

  async #atAddress(address: string | undefined): Promise<Far> {
    const { Addresses = [] } = await this.#ground.nameplate.ask<{
      Addresses?: { PublicIp?: string; InstanceId?: string }[];
    }>('ec2', 'DescribeAddresses');
    const elastic = Addresses.find(({ PublicIp }) => PublicIp === address);
    if (!elastic) return 'nowhere';
    return elastic.InstanceId ? 'served' : 'there';
  }

  #now(): number {
    return this.#ground.nameplate.aws.clock.now().getTime();
  }
}

/** The wildcard that stands in the zone leads here, and people send names here. */
export const ELSEWHERE = '203.0.113.200';

function isForeign({ ResourceRecords = [] }: ResourceRecordSet): boolean {
  return ResourceRecords[0]?.Value === ELSEWHERE;
}

/** AAAA leads where A leads, and is written with it. */
function leads(type: string | undefined): boolean {
  return type === 'A' || type === 'CNAME';
}

function bare(name = ''): string {
  return name.replace(/\.$/, '');
}
