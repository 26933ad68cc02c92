import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { Generation } from '../../domain/certificates/request.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { Scope } from '../resource.ts';
import type { DesiredCertificate, Imported, SeenCertificates } from './changes.ts';
import { generationOf } from './generation.ts';

/** The certificate in use, and those of the site that are retained. */
export const standingCertificates =
  (place: CertificatePlace) =>
  (
    [desired]: readonly DesiredCertificate[],
    { chosen, former }: SeenCertificates,
    { record }: Pick<Scope, 'record'>,
  ): Made[] => {
    const { type } = place;
    const retained = former.map(({ arn: id }): Made => ({ type, id, ours: true }));
    if (chosen?.shared) return retained;
    if (chosen && chosen.arn === desired?.named) {
      return [{ type, id: chosen.arn, ours: false }, ...retained];
    }
    if (!chosen || !record) return retained;
    return [madeFor(chosen.arn, { type, ...generationOf(record, place) }, chosen.imported), ...retained];
  };

export function madeFor(
  arn: string,
  { type, ...generation }: Generation & Pick<CertificatePlace, 'type'>,
  imported?: Imported,
): Made {
  const { revision, request } = generation;
  const detail = `for revision ${revision}${request > 1 ? `, request ${request}` : ''}`;
  const ends =
    imported && `, imported: ACM never renews it, and it ends on ${imported.endsAt.toISOString().slice(0, 10)}`;
  return { type, id: arn, ours: true, detail: `${detail}${ends ?? ''}`, generation };
}
