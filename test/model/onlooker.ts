import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { LoggedCall } from '../../local/wire/calls.ts';
import type { ProvingGround } from '../faults/proving-ground.ts';

/** What a call has made of the records of the zone, and of whose site. */
export interface Seen {
  call: LoggedCall;
  /** Whether Nameplate called; else a person did. */
  ours: boolean;
  before: readonly ResourceRecordSet[];
  after: readonly ResourceRecordSet[];
  /** The site as the ledger knows it, when records were changed. */
  site: SiteItem | undefined;
}

/** Looks at one thing that must hold at every moment. What it finds wrong it says in sentences. */
export interface Eye {
  /** Hears of every call as it is answered. */
  hear?(call: LoggedCall): string[];
  /** Looks after every call that has changed something. */
  look?(seen: Seen): Promise<string[]> | string[];
}

/** The services whose things are the world; the others keep the product's own books. */
export const WORLDLY: readonly string[] = ['acm', 'ec2', 'elasticloadbalancing', 'route53'];

/** Whether a role has made the call: only functions have one here. */
export const isOurs = ({ principal }: LoggedCall): boolean => principal.includes('assumed-role/');

interface Around {
  zone: string;
  site: () => Promise<SiteItem | undefined>;
}

/** Has eyes look on while a story goes. */
export class Onlooker {
  readonly #ground: ProvingGround;
  readonly #around: Around;
  readonly #eyes: readonly Eye[];
  #records: readonly ResourceRecordSet[] = [];
  #looking: Promise<void> = Promise.resolve();
  readonly found: string[] = [];

  constructor(ground: ProvingGround, { eyes, ...around }: Around & { eyes: readonly Eye[] }) {
    this.#ground = ground;
    this.#around = around;
    this.#eyes = eyes;
  }

  async begin(): Promise<void> {
    const { aws } = this.#ground.nameplate;
    this.#records = await this.#read();
    this.#ground.onCall = (call) => {
      this.found.push(...this.#eyes.flatMap((eye) => eye.hear?.(call) ?? []));
      if (!call.mutating || !WORLDLY.includes(call.service) || !(isOurs(call) || changesRecords(call))) return;
      // The look counts as work: time does not leap while it is taken.
      this.#looking = aws.clock.during(() => this.#looking.then(() => this.#look(call)));
    };
  }

  /** Resolves when everything has been looked at so far. */
  async upToDate(): Promise<void> {
    await this.#looking;
  }

  async end(): Promise<void> {
    this.#ground.onCall = undefined;
    await this.#looking;
  }

  async #look(call: LoggedCall): Promise<void> {
    const before = this.#records;
    const changes = changesRecords(call);
    if (changes) this.#records = await this.#read();
    const site = changes ? await this.#around.site() : undefined;
    const seen: Seen = { call, ours: isOurs(call), before, after: this.#records, site };
    for (const eye of this.#eyes) this.found.push(...((await eye.look?.(seen)) ?? []));
  }

  #read(): Promise<ResourceRecordSet[]> {
    return this.#ground.nameplate.records(this.#around.zone);
  }
}

function changesRecords({ operation }: LoggedCall): boolean {
  return operation === 'ChangeResourceRecordSets';
}
