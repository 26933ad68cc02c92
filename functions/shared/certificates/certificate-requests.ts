import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';

/** Which of its requests for a certificate the operation is at, from 1: one that times out is followed by another (failures A7). */
export function requestNumber(record: SiteRecord): number {
  return outputIfDone(record, 'DiscardCertificate')?.nextRequest ?? 1;
}
