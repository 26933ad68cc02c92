import { originOf } from '../origins/origin.ts';
import type { SiteCheck } from '../sites/site-checks.ts';

/** A record with a name on its right side that is a name of the site would lead to itself. */
export const leadsToItself: SiteCheck = ({ origin, domain, aliases = [], directName }) => {
  const name = origin && originOf({ origin }).address?.name;
  if (name === undefined || ![domain, ...aliases, directName].includes(name)) return [];
  const detail = `Cannot use "${name}" as the name of the server: it is a name of the site, and would lead to itself; give another name of the server, or its address`;
  return [{ pointer: '#/origin/server/name', detail }];
};
