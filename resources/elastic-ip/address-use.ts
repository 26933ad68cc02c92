import { isDeepStrictEqual } from 'node:util';
import { readAddressUse, writeAddressUse } from '../../aws/ledger/address-use.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { type AddressUse, joined, withoutUser } from '../../domain/servers/address-use.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';

/** A site and the instance whose address it uses. */
export interface User {
  instanceId: string;
  domain: string;
}

/** How often a change is tried again because another site has changed the same item meanwhile. */
const MOST_TRIES = 5;

/** Registers the site among those that use the instance's address: from then on no other site releases it. */
export async function joinAddressUse(ledger: Ledger, { instanceId, domain }: User): Promise<AddressUse> {
  const use = await changeUse(ledger, instanceId, async (standing) => joined(standing, domain));
  return use ?? joined(undefined, domain);
}

/** Removes the site from them. Gives the use by the others; undefined when there are none. */
export function leaveAddressUse(ledger: Ledger, { instanceId, domain }: User): Promise<AddressUse | undefined> {
  return changeUse(ledger, instanceId, (standing) => useWithout(ledger, standing, domain));
}

/** How the others use the address of the instance, read only. */
export async function useByOthers(ledger: Ledger, { instanceId, domain }: User): Promise<AddressUse | undefined> {
  return useWithout(ledger, await readAddressUse(ledger, instanceId), domain);
}

/** Makes a site the owner in place of the one that was read; an owner that has changed since stays. */
export function passOwnership(
  ledger: Ledger,
  { instanceId, from, to }: { instanceId: string; from: string; to: string },
): Promise<AddressUse | undefined> {
  return changeUse(ledger, instanceId, async (use) => (use?.owner === from ? { ...use, owner: to } : use));
}

/** A site that was undone, or that the ledger no longer has, uses nothing. */
async function useWithout(
  ledger: Ledger,
  use: AddressUse | undefined,
  domain: string,
): Promise<AddressUse | undefined> {
  if (!use) return undefined;
  const items = await Promise.all(
    use.users.filter((user) => user !== domain).map((user) => readSiteItem(ledger, user)),
  );
  const existing = items.flatMap((item) => (isDeclared(item) ? [item.domain] : []));
  return withoutUser(use, { domain, existing });
}

async function changeUse(
  ledger: Ledger,
  instanceId: string,
  decide: (standing: AddressUse | undefined) => Promise<AddressUse | undefined>,
): Promise<AddressUse | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const over = await readAddressUse(ledger, instanceId);
    const use = await decide(over);
    if (isDeepStrictEqual(use, over) || (await writeAddressUse(ledger, { instanceId, over, use }))) return use;
  }
  throw new Failure('Throttled', `Cannot change who uses the address of "${instanceId}": other sites are changing it`);
}
