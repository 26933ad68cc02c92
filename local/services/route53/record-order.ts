import type { RecordName } from './record-name.ts';

/**
 * What Route 53 sorts names by: the labels in reverse with a dot after each, so that "www.example.com." sorts as
 * "com.example.www.". Source: ListResourceRecordSets in the API reference, checked 2026-11-22.
 */
export function orderOf(name: RecordName): string {
  return `${name.slice(0, -1).split('.').reverse().map(raw).join('.')}.`;
}

/** What a set is sorted by: its name's order, then its type, then its identifier. */
export interface Place {
  order: string;
  type: string;
  setIdentifier?: string | undefined;
}

export function comparePlaces(a: Place, b: Place): number {
  return compare(a.order, b.order) || compare(a.type, b.type) || compare(a.setIdentifier ?? '', b.setIdentifier ?? '');
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function raw(label: string): string {
  return label.replace(/\\([0-3][0-7]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}
