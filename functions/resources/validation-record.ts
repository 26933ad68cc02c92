import { Resolver } from '../../aws/dns/resolver.ts';
import { applyingByProvider, byProvider } from '../../resources/by-provider.ts';
import { manualValidation, tellRemoval, tellValidation } from '../../resources/validation-record/manual.ts';
import { releaseValidation } from '../../resources/validation-record/release.ts';
import { validationRecords } from '../../resources/validation-record/validation-record.ts';
import { writeValidation } from '../../resources/validation-record/write.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

const resource = byProvider({ inRoute53: validationRecords, elsewhere: manualValidation });

/** Writes the CNAMEs by which ACM knows the names for ours, and removes those that no certificate needs. */
export const validationSteps = (newResolver: () => Resolver) =>
  byPhase({
    prepare: preparing(
      'WriteValidationRecords',
      resource,
      applyingByProvider({ inRoute53: writeValidation, elsewhere: tellValidation }),
      newResolver,
    ),
    release: releasing('RemoveValidationRecords', {
      resource,
      applying: applyingByProvider({ inRoute53: releaseValidation, elsewhere: tellRemoval }),
      after: 'WriteValidationRecords',
      newResolver,
    }),
  });

export const handler = validationSteps(() => new Resolver());
