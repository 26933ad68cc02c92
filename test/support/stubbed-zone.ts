import {
  ChangeResourceRecordSetsCommand,
  type ChangeResourceRecordSetsCommandInput,
  InvalidChangeBatch,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ResourceRecordSet,
  type Route53Client,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-route-53';
import type { AwsStub } from 'aws-sdk-client-mock';

type Stub = AwsStub<ServiceInputTypes, ServiceOutputTypes, Route53Client['config']>;

/** A hosted zone behind a stubbed client: it lists in Route 53's order and takes a batch whole or not at all. */
export class StubbedZone {
  sets: ResourceRecordSet[];
  /** The batches taken: "CREATE shop.example.test A". */
  readonly batches: string[][] = [];
  readonly id: string;
  /** Sets in one page at most. */
  pageSize = 300;

  constructor(stub: Stub, sets: ResourceRecordSet[] = [], id = 'ZEXAMPLE') {
    this.sets = sets;
    this.id = id;
    stub.on(ListResourceRecordSetsCommand, { HostedZoneId: id }).callsFake((input) => this.#list(input));
    stub.on(ChangeResourceRecordSetsCommand, { HostedZoneId: id }).callsFake((input) => this.change(input));
  }

  /** "shop.example.test A", sorted. */
  targets(): string[] {
    return this.sets.map(target).sort();
  }

  #list({ StartRecordName = '', StartRecordType, MaxItems = 300 }: ListResourceRecordSetsCommandInput) {
    const start = `${reversed(StartRecordName)} ${StartRecordType ?? ''}`;
    const rest = this.sets
      .filter((set) => place(set) >= start)
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
    const count = Math.min(MaxItems, this.pageSize);
    const next = rest[count];
    return {
      ResourceRecordSets: rest.slice(0, count).map((set) => ({ ...set, Name: told(set.Name ?? '') })),
      IsTruncated: next !== undefined,
      ...(next && { NextRecordName: told(next.Name ?? ''), NextRecordType: next.Type }),
    };
  }

  /** Takes a batch, or throws as Route 53 does. */
  change({ ChangeBatch }: Pick<ChangeResourceRecordSetsCommandInput, 'ChangeBatch'>) {
    const after = [...this.sets];
    const refused: string[] = [];
    for (const { Action, ResourceRecordSet: set } of ChangeBatch?.Changes ?? []) {
      if (!set) continue;
      const at = after.findIndex((standing) => key(standing) === key(set));
      const same = at >= 0 && JSON.stringify(sorted(after[at])) === JSON.stringify(sorted(set));
      if (Action === 'DELETE' && same) after.splice(at, 1);
      else if (Action === 'CREATE' && at < 0) after.push(set);
      else
        refused.push(
          `${Action} ${target(set)}: ${at < 0 ? 'it was not found' : 'it already exists or has other values'}`,
        );
    }
    if (refused.length > 0)
      throw new InvalidChangeBatch({ message: refused.join(', '), messages: refused, $metadata: {} });
    this.sets = after;
    this.batches.push(
      (ChangeBatch?.Changes ?? []).map((change) => `${change.Action} ${target(change.ResourceRecordSet)}`),
    );
    return { ChangeInfo: { Id: `/change/C${this.batches.length}`, Status: 'PENDING', SubmittedAt: new Date() } };
  }
}

/** A simple set as Route 53 has it. */
export function stored(Name: string, Type: string, ...values: string[]): ResourceRecordSet {
  return { Name, Type: Type as never, TTL: 300, ResourceRecords: values.map((Value) => ({ Value })) };
}

const key = (set: ResourceRecordSet | undefined) => `${target(set)} ${set?.SetIdentifier ?? ''}`;
const target = (set: ResourceRecordSet | undefined) => `${set?.Name} ${set?.Type}`;
const told = (name: string) => `${name.replace('*', '\\052')}.`;
const reversed = (name: string) => `${name.replace('\\052', '*').replace(/\.$/, '').split('.').reverse().join('.')}.`;
const place = (set: ResourceRecordSet) => `${reversed(set.Name ?? '')} ${set.Type}`;

function sorted(set: ResourceRecordSet | undefined) {
  const { Name, Type, TTL, ResourceRecords, AliasTarget, SetIdentifier, Weight } = set ?? {};
  const values = (ResourceRecords ?? []).map(({ Value }) => Value).sort();
  return { Name, Type, TTL, values, AliasTarget, SetIdentifier, Weight };
}
