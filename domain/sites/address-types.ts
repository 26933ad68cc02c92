/** The types of the records that carry addresses. */
export type AddressType = 'A' | 'AAAA';

/** Both, in the order in which records are told. */
export const ADDRESS_RECORD_TYPES: readonly AddressType[] = ['A', 'AAAA'];

/**
 * The address records that a site's names get: those of the protocols that some block of `access` is of. What the others
 * lead to would drop every packet, and a viewer with both protocols would wait for it first.
 */
export function addressTypes({ access }: { access: readonly string[] }): AddressType[] {
  return ADDRESS_RECORD_TYPES.filter((type) => access.some((block) => typeOf(block) === type));
}

/** The type of the record that an address, or an address of a block, stands in. */
export function typeOf(address: string): AddressType {
  return address.includes(':') ? 'AAAA' : 'A';
}
