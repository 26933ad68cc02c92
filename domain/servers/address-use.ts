/** The sites whose names lead to one instance by its Elastic IP: they share it, because an instance has one. */
export interface AddressUse {
  /** The domain whose tags the address bears, or will bear: only that site allocates and associates it. */
  owner: string;
  /** The domains that use it, sorted. */
  users: string[];
}

/** The use with one more site. The first one becomes the owner. */
export function joined(use: AddressUse | undefined, domain: string): AddressUse {
  if (!use) return { owner: domain, users: [domain] };
  return { ...use, users: [...new Set([...use.users, domain])].sort() };
}

/** The use without a site, by the sites that still exist; undefined when none is left. The address is passed on to the first one left. */
export function withoutUser(
  { owner, users }: AddressUse,
  { domain, existing }: { domain: string; existing: readonly string[] },
): AddressUse | undefined {
  const left = users.filter((user) => user !== domain && existing.includes(user));
  const [first] = left;
  if (first === undefined) return undefined;
  return { owner: left.includes(owner) ? owner : first, users: left };
}
