import { pointer } from '../problems/pointer.ts';
import { originNameOf } from './cdn.ts';
import type { Site } from './site.ts';

/** Every name that a site owns, and where its declaration gives it. */
export function namesOf(site: Site): { name: string; path: (string | number)[] }[] {
  const { domain, aliases, directName } = site;
  const originName = originNameOf(site);
  return [
    { name: domain, path: ['domain'] },
    ...aliases.map((name, place) => ({ name, path: ['aliases', place] })),
    ...(directName === undefined ? [] : [{ name: directName, path: ['directName'] }]),
    ...(originName === undefined ? [] : [{ name: originName, path: [site.cdn ? 'cdn' : 'failover', 'originName'] }]),
  ];
}

/** Where a declaration gives a name: "#/aliases/0"; "#" for what is not a name of the site. */
export function pointerToName(site: Site, name: string): string {
  return pointer(namesOf(site).find((one) => one.name === name)?.path ?? []);
}
