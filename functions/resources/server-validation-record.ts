import { Resolver } from '../../aws/dns/resolver.ts';
import { SERVERS } from '../../domain/certificates/place.ts';
import { applyingByProvider, byProvider } from '../../resources/by-provider.ts';
import { manualValidation, tellValidation } from '../../resources/validation-record/manual.ts';
import { serverValidationRecords } from '../../resources/validation-record/validation-record.ts';
import { writeValidation } from '../../resources/validation-record/write.ts';
import { byPhase, preparing } from '../shared/steps/resource-step.ts';

/** Writes the CNAMEs by which the ACME endpoint of the stack knows the names of a server. `validation-record` removes them. */
export const handler = byPhase({
  prepare: preparing(
    SERVERS.write,
    byProvider({ inRoute53: serverValidationRecords, elsewhere: manualValidation([SERVERS]) }),
    applyingByProvider({ inRoute53: writeValidation(SERVERS), elsewhere: tellValidation(SERVERS) }),
    () => new Resolver(),
  ),
});
