import { Resolver } from '../../aws/dns/resolver.ts';
import { originSynced } from '../../resources/gates/records-synced/records-synced.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until all name servers answer with the record of the origin name. */
export const awaitOriginSync = (newResolver: () => Resolver) => gateStep(originSynced, () => ({ dns: newResolver() }));

export const handler = awaitOriginSync(() => new Resolver());
