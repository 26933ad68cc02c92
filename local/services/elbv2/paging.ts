import { invalid } from './errors.ts';

// Source: ELB API reference, PageSize of the Describe operations; checked 2026-11-22.
const MOST = 400;

/** One page of `items` and the marker of the next. Without PageSize, the most that AWS shows at once. */
export function page<T>(
  items: T[],
  { PageSize = MOST, Marker }: { PageSize?: number | undefined; Marker?: string | undefined },
): { items: T[]; NextMarker?: string } {
  const from = Marker === undefined ? 0 : offsetOf(Marker);
  const to = from + PageSize;
  return {
    items: items.slice(from, to),
    ...(to < items.length && { NextMarker: Buffer.from(`from ${to}`).toString('base64url') }),
  };
}

function offsetOf(marker: string): number {
  const offset = /^from (\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  if (!offset) throw invalid(`Invalid marker '${marker}'`);
  return Number(offset);
}
