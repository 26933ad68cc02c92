import { Resolver } from '../../aws/dns/resolver.ts';
import { recordsSynced } from '../../resources/gates/records-synced/records-synced.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until all name servers answer with the change. */
export const awaitSync = (newResolver: () => Resolver) => gateStep(recordsSynced, () => ({ dns: newResolver() }));

export const handler = awaitSync(() => new Resolver());
