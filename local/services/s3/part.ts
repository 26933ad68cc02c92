import { AwsError } from '../../wire/service.ts';
import type { StoredObject } from './bucket.ts';

/** The bytes of an object that were asked for. */
export interface Part {
  first: number;
  last: number;
}

/** "bytes=0-99", "bytes=100-", "bytes=-5"; several, or what is no range, give the whole. Throws InvalidRange. */
export function partOf({ body }: StoredObject, range: string | undefined): Part | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, body.length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? body.length - 1 : Math.min(Number(to), body.length - 1);
  if (first > last) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      RangeRequested: range,
      ActualObjectSize: body.length,
    });
  }
  return { first, last };
}
