import { type Change, inPhase } from '../../domain/changes/change.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import type { Scope } from '../resource.ts';
import { secureListenerName } from './names.ts';
import { listenerReleases, type OwnBalancer } from './releases.ts';
import { type SeenSecure, secureChanges } from './secure-changes.ts';

export interface DesiredListeners {
  ports: number[];
}

export interface SeenListeners {
  /** Of port 443; not read where nothing but a release is decided. */
  secure?: { listener?: SeenSecure };
  /** Of the site's load balancers; not read where nothing is released. */
  own?: readonly OwnBalancer[];
}

export function listenerChanges(
  desired: readonly DesiredListeners[],
  { secure, own = [] }: SeenListeners,
  scope: Scope,
): Change[] {
  return [
    ...(desired.length > 0 && secure ? secureChanges(secure.listener, scope) : []),
    ...inPhase('release', listenerReleases(desired, own, scope)),
  ];
}

export function listenerHandles(
  desired: readonly DesiredListeners[],
  seen: SeenListeners | undefined,
  { owner, known }: Scope,
): StepOutputs['AttachCertificate'] | undefined {
  if (desired.length === 0) return undefined;
  if (!seen?.secure && known.AttachCertificate) return known.AttachCertificate;
  return { listenerArn: seen?.secure?.listener?.arn ?? secureListenerName(owner.domain) };
}
