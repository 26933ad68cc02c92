import { movesOriginName } from '../../domain/edges/cdn-origin.ts';
import { originNameOf } from '../../domain/sites/cdn.ts';
import type { Scope } from '../resource.ts';

/**
 * When the records of a name are written. The origin name has to be there before the CDN asks for it, and nothing else does; one that
 * serves already and is to lead elsewhere moves with the traffic of viewers.
 */
export function phaseOf(name: string, { site, record }: Pick<Scope, 'site' | 'record'>): 'prepare' | 'shift' {
  if (!site || name !== originNameOf(site)) return 'shift';
  return movesOriginName(site, record?.item.live) ? 'shift' : 'prepare';
}

/** What the step of the first records says of an origin name that serves already and leads elsewhere by the next document. */
export const MOVES_LATER = 'The record of the origin name moves with those of viewers, once the new origin answers';
