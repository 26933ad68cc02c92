import { namesOf } from './names-of.ts';
import type { Site } from './site.ts';

/** The names that earlier documents of a site had and `site` hasn't: its own until what was made for them is gone. */
export function formerNames(site: Site, over: { site: Site; former?: readonly string[] }): string[] {
  const declared = namesOf(site).map(({ name }) => name);
  const before = [...namesOf(over.site).map(({ name }) => name), ...(over.former ?? [])];
  return [...new Set(before)].filter((name) => !declared.includes(name)).sort();
}
