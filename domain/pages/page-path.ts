import { resourceName } from '../ownership.ts';

/** What the paths of all maintenance pages begin with: no path of a site's own does. */
export const PAGE_FOLDER = '.nameplate';

/** The key of the page of a site in the bucket of the pages. */
export function pageKey(domain: string): string {
  return `${PAGE_FOLDER}/${resourceName(domain)}.html`;
}

/** Where the distribution of a site has its page: "/.nameplate/np-0123456789ab.html". */
export function pagePath(domain: string): string {
  return `/${pageKey(domain)}`;
}
