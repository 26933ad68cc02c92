import { invalidArgument } from './errors.ts';

/** What a listing shows at most, and without being told. Source: CloudFront API reference, ListDistributions; checked 2026-11-29. */
const PAGE_SIZE = 100;

/** One page of a listing after the item that the marker names, and the marker of the next page. */
export function page<Item>(
  items: readonly Item[],
  options: { Marker: string | undefined; MaxItems: number | undefined; idOf(item: Item): string },
): { items: Item[]; size: number; next: string | undefined } {
  const { Marker, MaxItems = PAGE_SIZE, idOf } = options;
  if (!Number.isInteger(MaxItems) || MaxItems < 1) throw invalidArgument('The parameter MaxItems is not valid.');
  const size = Math.min(MaxItems, PAGE_SIZE);
  const at = Marker ? items.findIndex((item) => idOf(item) === Marker) : -1;
  if (Marker && at < 0) throw invalidArgument('The parameter Marker is not valid.');
  const shown = items.slice(at + 1, at + 1 + size);
  const last = shown.at(-1);
  return { items: shown, size, next: last && at + 1 + size < items.length ? idOf(last) : undefined };
}
