import type { Site } from './site.ts';

/** Every name that a site owns, and where its declaration gives it. */
export function namesOf({ domain, aliases, directName }: Site): { name: string; path: (string | number)[] }[] {
  return [
    { name: domain, path: ['domain'] },
    ...aliases.map((name, place) => ({ name, path: ['aliases', place] })),
    ...(directName === undefined ? [] : [{ name: directName, path: ['directName'] }]),
  ];
}
