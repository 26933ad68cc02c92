/** The blocks of all addresses: the access of a site that declares none. */
export const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** Whether the blocks, in any order, are those of all addresses. */
export function isEverywhere(access: readonly string[]): boolean {
  return access.length === EVERYWHERE.length && access.every((block) => EVERYWHERE.includes(block));
}
