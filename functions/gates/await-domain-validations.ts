import { Resolver } from '../../aws/dns/resolver.ts';
import { domainsValidated as gate } from '../../resources/gates/domains-validated/domains-validated.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until ACM has validated the names of a server. */
export const awaitDomainValidations = (newResolver: () => Resolver) => gateStep(gate, () => ({ dns: newResolver() }));

export const handler = awaitDomainValidations(() => new Resolver());
