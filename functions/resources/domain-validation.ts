import { domainValidation } from '../../resources/domain-validation/domain-validation.ts';
import { requestDomainValidations } from '../../resources/domain-validation/prepare.ts';
import { releaseDomainValidations } from '../../resources/domain-validation/release.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** What a server needs to request its certificate from the ACME endpoint of the stack. */
export const handler = byPhase({
  prepare: preparing('RequestDomainValidations', domainValidation, requestDomainValidations),
  release: releasing('RemoveDomainValidations', {
    resource: domainValidation,
    applying: releaseDomainValidations,
    after: 'RequestDomainValidations',
  }),
});
