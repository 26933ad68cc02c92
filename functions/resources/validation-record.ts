import { Resolver } from '../../aws/dns/resolver.ts';
import { HOME, PLACES, type ValidatedPlace, VIEWERS } from '../../domain/certificates/place.ts';
import { applyingByProvider, byProvider } from '../../resources/by-provider.ts';
import { manualValidation, tellRemoval, tellValidation } from '../../resources/validation-record/manual.ts';
import { releaseValidation } from '../../resources/validation-record/release.ts';
import { validationOf } from '../../resources/validation-record/validation-record.ts';
import { writeValidation } from '../../resources/validation-record/write.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

const recordsOf = (places: readonly ValidatedPlace[]) =>
  byProvider({ inRoute53: validationOf(places), elsewhere: manualValidation(places) });

/** Writes the CNAMEs by which ACM knows the names for ours, for each certificate, and removes those that no certificate needs. */
export const validationSteps = (newResolver: () => Resolver) => {
  const writing = (place: ValidatedPlace) =>
    preparing(
      place.write,
      recordsOf([place]),
      applyingByProvider({ inRoute53: writeValidation(place), elsewhere: tellValidation(place) }),
      newResolver,
    );
  return byPhase({
    prepare: writing(HOME),
    'prepare-viewer': writing(VIEWERS),
    release: releasing('RemoveValidationRecords', {
      resource: recordsOf(PLACES),
      applying: applyingByProvider({ inRoute53: releaseValidation, elsewhere: tellRemoval }),
      after: 'WriteValidationRecords',
      // Before a server CloudFront alone has a certificate of the site.
      orAfter: 'WriteViewerValidationRecords',
      newResolver,
    }),
  });
};

export const handler = validationSteps(() => new Resolver());
