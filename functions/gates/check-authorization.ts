import { Resolver } from '../../aws/dns/resolver.ts';
import { authorization } from '../../resources/gates/authorization/authorization.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Checks that no CAA record forbids ACM to issue, before a certificate is requested. */
export const checkAuthorization = (newResolver: () => Resolver) =>
  gateStep(authorization, () => ({ dns: newResolver() }));

export const handler = checkAuthorization(() => new Resolver());
