import type { ListenerRule } from '../../aws/load-balancers/rules.ts';
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
  secure?: {
    listener?: SeenSecure;
    /** Of a listener that the document locks, or an earlier one has locked. */
    rules?: readonly ListenerRule[] | undefined;
    /** Whether the rule of the lock among them is the site's. */
    isRuleOurs?: boolean;
  };
  /** What the distribution sends, where the document has the lock. Never shown. */
  secret?: string | undefined;
  /** Of the site's load balancers; not read where nothing is released. */
  own?: readonly OwnBalancer[];
}

export function listenerChanges(desired: readonly DesiredListeners[], seen: SeenListeners, scope: Scope): Change[] {
  const { secure, own = [], secret } = seen;
  return [
    ...(desired.length > 0 && secure ? secureChanges(secure.listener, seen, scope) : []),
    ...inPhase('release', listenerReleases(desired, { own, secret }, scope)),
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
