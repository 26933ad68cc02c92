import { outputOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';

/** @throws {Error} when the operation has not reserved one */
export function reservedAddress(record: SiteRecord): string {
  const { address } = outputOf(record, 'ReserveAddress');
  if (address === undefined) throw new Error(`Cannot probe "${record.item.domain}": no address was reserved`);
  return address;
}
