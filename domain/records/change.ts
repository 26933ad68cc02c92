import type { RecordSet } from './record-set.ts';

interface Described {
  /** "www.shop.example.test A" */
  target: string;
  /** What is replaced or removed has no owner, and is remembered. */
  adopts?: true;
  /** What was adopted comes back. */
  restores?: true;
  message: string;
}

/** One change of one record set: what stood there, what will. */
export type RecordChange = Described &
  (
    | { verb: 'create'; before?: undefined; after: RecordSet }
    | { verb: 'replace'; before: RecordSet; after: RecordSet }
    | { verb: 'delete'; before: RecordSet; after?: undefined }
  );
