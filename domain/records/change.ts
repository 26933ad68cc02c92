import type { RecordSet } from './record-set.ts';

/** One change of one record set: what stood there, what will. */
export type RecordChange =
  | { verb: 'create'; target: string; before?: undefined; after: RecordSet; message: string }
  | { verb: 'replace'; target: string; before: RecordSet; after: RecordSet; message: string }
  | { verb: 'delete'; target: string; before: RecordSet; after?: undefined; message: string };
