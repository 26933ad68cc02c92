import { isDeepStrictEqual } from 'node:util';
import type { Generation } from '../../domain/certificates/request.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';

/** Which of its requests for a certificate the operation is at, from 1: one that times out is followed by another (failures A7). */
export function requestNumber(record: SiteRecord): number {
  return outputIfDone(record, 'DiscardCertificate')?.nextRequest ?? 1;
}

/** The request that the running operation is at. */
export function generationOf(record: SiteRecord): Generation {
  return { revision: record.item.revision, request: requestNumber(record) };
}

/**
 * The certificate that the ledger has for this request. One that is adopted may not be tagged yet. Of a version that wrote no
 * generation, it is found like one that is not remembered: ACM makes none twice for the same token.
 */
export function requestedBy(record: SiteRecord): string | undefined {
  const generation = generationOf(record);
  const made = stepOf(record, 'RequestCertificate')?.made ?? [];
  return made.findLast(
    ({ type, before, generation: its }) => type === 'certificate' && !before && isDeepStrictEqual(its, generation),
  )?.id;
}
