import { isDeepStrictEqual } from 'node:util';
import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { Generation } from '../../domain/certificates/request.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';

/** Which of its requests for a certificate the operation is at, from 1: one that times out is followed by another (failures A7). */
export function requestNumber(record: SiteRecord, { discard }: CertificatePlace): number {
  return outputIfDone(record, discard)?.nextRequest ?? 1;
}

/** The request that the running operation is at. */
export function generationOf(record: SiteRecord, place: CertificatePlace): Generation {
  return { revision: record.item.revision, request: requestNumber(record, place) };
}

/**
 * The certificate that the ledger has for this request. One that is adopted may not be tagged yet. Of a version that wrote no
 * generation, it is found like one that is not remembered: ACM makes none twice for the same token.
 */
export function requestedBy(record: SiteRecord, place: CertificatePlace): string | undefined {
  const generation = generationOf(record, place);
  const made = stepOf(record, place.request)?.made ?? [];
  return made.findLast(
    ({ type, before, generation: its }) => type === place.type && !before && isDeepStrictEqual(its, generation),
  )?.id;
}
