import type { CertificatePlace } from '../../domain/certificates/place.ts';
import type { Generation } from '../../domain/certificates/request.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { Scope } from '../resource.ts';
import type { DesiredCertificate, SeenCertificates } from './changes.ts';
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
    if (chosen && chosen.arn === desired?.named) {
      return [{ type, id: chosen.arn, ours: false }, ...retained];
    }
    return chosen && record ? [madeFor(chosen.arn, { type, ...generationOf(record, place) }), ...retained] : retained;
  };

export function madeFor(arn: string, { type, ...generation }: Generation & Pick<CertificatePlace, 'type'>): Made {
  const { revision, request } = generation;
  const detail = `for revision ${revision}${request > 1 ? `, request ${request}` : ''}`;
  return { type, id: arn, ours: true, detail, generation };
}
