import type { HostedZone as ListedZone, VPC } from '@aws-sdk/client-route-53';
import type { NameServer } from '../../dns/name-server.ts';
import type { Host } from '../../host.ts';
import type { Outcome, Step } from './change-batch.ts';
import type { Submitted } from './changes.ts';
import { PROCESSING_SECONDS } from './delays.ts';
import type { RecordName } from './record-name.ts';
import type { StoredSet } from './record-set.ts';
import { Records } from './records.ts';
import type { ServedCopy } from './served-copy.ts';

export interface NewZone {
  id: string;
  name: RecordName;
  callerReference: string;
  comment: string | undefined;
  /** The VPC of a private zone. */
  vpc: VPC | undefined;
  /** The name servers' names, without trailing dots. */
  nameServers: string[];
  /** SOA and NS. */
  records: StoredSet[];
  /** The copies on the name servers; none for a private zone. */
  copies: ServedCopy[];
}

/** A hosted zone: what the API says of it at once, and the copies that its name servers answer from a little later. */
export class HostedZone {
  readonly id: string;
  readonly name: RecordName;
  readonly callerReference: string;
  readonly vpc: VPC | undefined;
  readonly nameServers: string[];
  comment: string | undefined;
  readonly #host: Host;
  readonly #copies: ServedCopy[];
  #records: Records;
  #processing = false;

  constructor(host: Host, { id, name, callerReference, comment, vpc, nameServers, records, copies }: NewZone) {
    this.#host = host;
    this.id = id;
    this.name = name;
    this.callerReference = callerReference;
    this.comment = comment;
    this.vpc = vpc;
    this.nameServers = nameServers;
    this.#records = new Records(records);
    this.#copies = copies;
  }

  get isPrivate(): boolean {
    return this.vpc !== undefined;
  }

  get records(): Records {
    return this.#records;
  }

  /** Whether a change of this zone is still being processed, so that no other is taken. */
  get processing(): boolean {
    return this.#processing;
  }

  /** The copy on the first name server: what an answer is tested against. */
  get firstCopy(): ServedCopy | undefined {
    return this.#copies[0];
  }

  get servers(): NameServer[] {
    return this.#copies.map(({ server }) => server);
  }

  /** Takes the zone to its name servers. */
  publish({ id, insyncSeconds }: Submitted): void {
    const steps: Step[] = this.#records.sorted().map((come) => ({ come }));
    for (const copy of this.#copies) copy.appear(steps, { changeId: id, min: 0, max: insyncSeconds });
  }

  /** Makes a worked-out batch the zone's state, and takes it to the name servers. */
  accept({ records, steps }: Outcome, { id, insyncSeconds }: Submitted): void {
    this.#records = records;
    this.#processing = true;
    const seconds = this.#host.draws.seconds('route53:processing', `${id} ${this.name}`, PROCESSING_SECONDS);
    this.#host.clock.after(seconds * 1000, () => {
      this.#processing = false;
    });
    for (const copy of this.#copies) copy.change(steps, { changeId: id, min: seconds, max: insyncSeconds });
  }

  /** Takes the zone from its name servers. */
  withdraw({ id, insyncSeconds }: Submitted): void {
    for (const copy of this.#copies) copy.disappear({ changeId: id, min: 0, max: insyncSeconds });
  }

  /** The zone as the API lists it. */
  listed(): ListedZone {
    return {
      Id: `/hostedzone/${this.id}`,
      Name: this.name,
      CallerReference: this.callerReference,
      Config: { ...(this.comment !== undefined && { Comment: this.comment }), PrivateZone: this.isPrivate },
      ResourceRecordSetCount: this.#records.size,
    };
  }
}
