import { inPhase } from '../../domain/changes/change.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import type { ReleasedZone } from '../hosted-zone/changes.ts';
import type { Resource, Scope } from '../resource.ts';
import { delegationChanges, delegationReleases, type SeenDelegation, type WrittenDelegation } from './changes.ts';
import { readDelegations } from './read.ts';
import { readWritten } from './read-written.ts';

/** A hosted zone of the site that the world is to be sent to. */
export interface DesiredDelegation {
  zone: SiteZone;
}

export interface Delegations {
  /** How the zones of the site are delegated. */
  seen: readonly SeenDelegation[];
  /** The delegations that were written for the site and stand, for an undo. */
  written: readonly WrittenDelegation[];
  /** The hosted zones that those lead to. */
  zones: readonly ReleasedZone[];
}

/**
 * The NS records of a site's hosted zones in the zones above them, where those are in the same account and the document says
 * "delegate". A change keeps what was written; an undo removes it before the hosted zone.
 */
export const delegation: Resource<DesiredDelegation, Delegations, Record<string, never>> = {
  type: 'delegation',
  inDnsAccount: true,
  desired: ({ site, known }: Scope) =>
    site?.delegate && !isExternal(site) ? (known.FindZone?.zones ?? []).map((zone) => ({ zone })) : [],
  read: async (look, scope) =>
    look.phase === 'release'
      ? { seen: [], ...(await readWritten(look, scope)) }
      : { seen: await readDelegations(look, scope, delegation.desired(scope)), written: [], zones: [] },
  changes: (_, { seen, written, zones }, { site, retainsZone = false }) => [
    ...inPhase(
      'prepare',
      seen.flatMap((each) => delegationChanges(each, { adopts: site?.adopt === true })),
    ),
    ...inPhase('release', site ? [] : delegationReleases(written, zones, { retainsZone })),
  ],
  handles: () => ({}),
};
