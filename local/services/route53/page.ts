import { invalidInput } from './errors.ts';

/** So many items of a list from one on, and the one after them. */
export interface Page<Item> {
  items: Item[];
  next: Item | undefined;
}

/** Cuts a page out of what a marker has already cut off. Throws InvalidInput for a size that is none. */
export function pageOf<Item>(rest: Item[], size: number): Page<Item> {
  if (!Number.isInteger(size) || size < 1)
    throw invalidInput(`Invalid request: Value '${size}' of 'MaxItems' is not a number above 0`);
  return { items: rest.slice(0, size), next: rest[size] };
}
