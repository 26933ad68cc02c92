import type { RecordSet } from '../../domain/records/record-set.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';

/** A simple set: `aSet('shop.example.test', 'A', '203.0.113.7')`. */
export function aSet(name: string, type: string, ...values: string[]): RecordSet {
  return { name, type, ttlSeconds: 300, values };
}

/** What is seen of the zone "example.test": its own records and those given. */
export function aView(...sets: RecordSet[]): ZoneView {
  return {
    zone: 'example.test',
    sets: [
      aSet('example.test', 'NS', 'ns-1.awsdns-01.com.'),
      aSet('example.test', 'SOA', 'ns-1.awsdns-01.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400'),
      ...sets,
    ],
  };
}
