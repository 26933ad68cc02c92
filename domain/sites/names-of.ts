import { pointer } from '../problems/pointer.ts';
import type { Site } from './site.ts';

/** Every name that a site owns, and where its declaration gives it. */
export function namesOf({ domain, aliases, directName }: Site): { name: string; path: (string | number)[] }[] {
  return [
    { name: domain, path: ['domain'] },
    ...aliases.map((name, place) => ({ name, path: ['aliases', place] })),
    ...(directName === undefined ? [] : [{ name: directName, path: ['directName'] }]),
  ];
}

/** Where a declaration gives a name: "#/aliases/0"; "#" for what is not a name of the site. */
export function pointerToName(site: Site, name: string): string {
  return pointer(namesOf(site).find((one) => one.name === name)?.path ?? []);
}
