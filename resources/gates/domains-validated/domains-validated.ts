import { ACMClient } from '@aws-sdk/client-acm';
import { type ListedValidation, listDomainValidations } from '../../../aws/acme/domain-validations.ts';
import { listEndpoints } from '../../../aws/acme/endpoints.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { requestedNames, SERVERS } from '../../../domain/certificates/place.ts';
import { validationEntries } from '../../../domain/entries/wanted.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { Gate, GateLook } from '../../gate.ts';
import { lookAtEntries } from '../../manual-record/manual-records.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { checkValidation } from '../../validation-record/missing.ts';
import { judgeValidations, type ValidationSight } from './judge.ts';

type Ask = { dns: Resolver };

/** Opens when ACM has validated every name that the server is to request a certificate for. */
export const domainsValidated: Gate<'AwaitDomainValidations', ValidationSight, Ask> = {
  name: 'AwaitDomainValidations',
  async look(ask, scope) {
    const site = siteOf(scope);
    const record = recordOf(scope);
    const names = requestedNames(SERVERS, site);
    const { endpointArn, records } = outputOf(record, 'RequestDomainValidations');
    const validations = await readValidations(endpointArn, ask);
    const sight = { names, validations };
    if (isExternal(site)) return { ...sight, entries: await lookAtEntries(ask.dns, validationEntries(records)) };
    // On the first look they were written a moment ago.
    if (!scope.again) return sight;
    const { environment } = ask;
    return { ...sight, missing: await checkValidation({ site, record, environment, places: [SERVERS] }) };
  },
  judge: judgeValidations,
};

/** Undefined where the endpoint is gone, or is being deleted with the last site that has used it. */
async function readValidations(
  endpointArn: string,
  { clients }: Pick<GateLook, 'clients'>,
): Promise<ListedValidation[] | undefined> {
  const acm = clients(ACMClient);
  const isThere = (await listEndpoints(acm)).some(({ arn, status }) => arn === endpointArn && status === 'ACTIVE');
  return isThere ? listDomainValidations(acm, endpointArn) : undefined;
}
