import { namesOf } from './names-of.ts';
import type { Site } from './site.ts';

/** Every name that is a site's: those declared, and those of earlier documents whose resources may still exist. */
export function ownNames({ site, former = [] }: { site: Site; former?: readonly string[] }): string[] {
  return [...namesOf(site).map(({ name }) => name), ...former];
}
