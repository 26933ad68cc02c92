import type { Generation } from '../../domain/certificates/request.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { Scope } from '../resource.ts';
import { type DesiredCertificate, type SeenCertificates, TYPE } from './changes.ts';
import { generationOf } from './generation.ts';

/** The certificate in use, and those of the site that are retained. */
export function standingCertificates(
  [desired]: readonly DesiredCertificate[],
  { chosen, former }: SeenCertificates,
  { record }: Scope,
): Made[] {
  const retained = former.map(({ arn: id }): Made => ({ type: TYPE, id, ours: true }));
  if (chosen && chosen.arn === desired?.named) {
    return [{ type: TYPE, id: chosen.arn, ours: false }, ...retained];
  }
  return chosen && record ? [madeFor(chosen.arn, generationOf(record)), ...retained] : retained;
}

export function madeFor(arn: string, generation: Generation): Made {
  const { revision, request } = generation;
  const detail = `for revision ${revision}${request > 1 ? `, request ${request}` : ''}`;
  return { type: TYPE, id: arn, ours: true, detail, generation };
}
