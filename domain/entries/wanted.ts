import type { ValidationRecord } from '../certificates/validation-record.ts';
import { type NameRecords, type RecordTarget, recordsOf } from '../edges/edge.ts';
import { bareName, dualstackName } from '../load-balancers/dns-name.ts';
import { originOf } from '../origins/origin.ts';
import { canonicalRecordName } from '../records/record-set.ts';
import { typeOf } from '../sites/address-types.ts';
import { originNameOf } from '../sites/cdn.ts';
import type { Site } from '../sites/site.ts';
import { type Claimant, challenges } from './challenge.ts';
import type { Entry } from './entry.ts';

/** What is known so far of what the records are to say. */
export interface Known {
  /** Once ACM has named them. */
  validation?: readonly ValidationRecord[] | undefined;
  /** The load balancer's own name, once viewers may be sent there. */
  loadBalancer?: string | undefined;
  /** The distribution's own name, likewise. */
  distribution?: string | undefined;
  /** The instance's own address, likewise. */
  address?: string | undefined;
}

/** The records that a person is to enter for a site before its traffic moves, as far as they are known, in the order in which they are needed. */
export function wantedEntries(
  site: Site,
  { claimant, validation = [] }: Pick<Known, 'validation'> & { claimant: Claimant },
): Entry[] {
  return [...challenges(site, claimant), ...validationEntries(validation)];
}

/** A name and its wildcard share theirs (failures A13). */
export function validationEntries(records: readonly ValidationRecord[]): Entry[] {
  const values = new Map(records.map(({ name, value }) => [canonicalRecordName(name), canonicalRecordName(value)]));
  return [...values].map(([name, value]) => ({ name, type: 'CNAME', values: [value], for: 'validation' }));
}

/** What the records of a name contain at another DNS provider; undefined until that is known. */
const ENTRIES: Record<
  RecordTarget,
  (records: NameRecords, known: Known, site: Site) => Pick<Entry, 'type' | 'values'> | undefined
> = {
  // Under its bare name a load balancer surely answers A, and AAAA at most.
  'load balancer': ({ types }, { loadBalancer }) =>
    loadBalancer === undefined
      ? undefined
      : { type: 'CNAME', values: [(types.includes('AAAA') ? dualstackName : bareName)(loadBalancer)] },
  distribution: (_, { distribution }) =>
    distribution === undefined ? undefined : { type: 'CNAME', values: [distribution] },
  origin: (_, { address: reserved }, site) => {
    const { values: [address = reserved] = [], name } = originOf(site).address ?? {};
    if (name !== undefined) return { type: 'CNAME', values: [name] };
    return address === undefined ? undefined : { type: typeOf(address), values: [address] };
  },
};

/** What leads to the site: CNAMEs to what serves it, and plain addresses to the origin itself. */
export function trafficEntries(site: Site, known: Known): Entry[] {
  const originName = originNameOf(site);
  return recordsOf(site).flatMap((records): Entry[] => {
    const entry = ENTRIES[records.to](records, known, site);
    return entry ? [{ name: records.name, ...entry, for: records.name === originName ? 'origin' : 'traffic' }] : [];
  });
}
