import { ACMClient } from '@aws-sdk/client-acm';
import { createBinding, endBinding, listBindings, readCredentials } from '../../aws/acme/bindings.ts';
import { client, oneShotClient } from '../../aws/clients.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { isCode } from '../../aws/error-code.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { acmeNames, usesAcme } from '../../domain/certificates/server-names.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { CREDENTIALS_HOURS, type ServerCredentials } from '../../domain/server-kit/credentials.ts';
import { desiredDocument } from '../../domain/sites/life/standing.ts';
import { api, locationOf, Refusal } from '../shared/api/api.ts';
import { siteOf } from '../shared/api/site-of.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';

/**
 * `POST /v1/sites/{domain}/server-credentials`: new credentials for the ACME client of the site's server, which end after a day.
 * Unused ones of before are revoked. The secret is in this answer alone: not in the ledger, nor in a log. A repeated request makes other
 * ones, and so takes no Idempotency-Key, whose answers are kept.
 */
export const handler = api(async (event, { now }) => {
  const environment = readEnvironment();
  const record = await siteOf(event, openLedger(environment));
  const { names, ...access } = accessOf(record);
  await refuseWhileStopped(environment, now);
  const { endpointArn, directory, roleArn } = access;
  const acm = client(ACMClient);
  const former = await listBindings(acm, { endpointArn, roleArn });
  for (const { arn } of former.filter(({ isUsed }) => !isUsed)) await endBinding(acm, arn);
  const owner = { domain: record.item.domain, stack: environment.stackName };
  const { arn, expiresAt } = await newBinding({
    endpointArn,
    roleArn,
    hours: CREDENTIALS_HOURS,
    tags: ownerTags(owner),
  });
  const body: ServerCredentials = {
    names,
    directory,
    ...(await readCredentials(acm, arn)),
    expiresAt: (expiresAt ?? new Date(now.getTime() + CREDENTIALS_HOURS * 3_600_000)).toISOString(),
  };
  return { status: 201, body };
});

/** @throws {Refusal} where the site has no names that an ACME client may ask for, or ACM has not validated them yet */
function accessOf(record: SiteRecord): StepOutputs['RequestDomainValidations'] & { names: string[] } {
  const { item } = record;
  const headers = { location: locationOf(item.domain) };
  const document = desiredDocument(item);
  if (!document || !usesAcme(document)) {
    const detail = `Cannot make server credentials for "${item.domain}": its server gets no certificate by ACME; declare it with "certificate": "acme"`;
    throw new Refusal('no-acme-certificate', detail, { headers });
  }
  const asked = stepOf(record, 'RequestDomainValidations');
  const validated = stepOf(record, 'AwaitDomainValidations');
  const names = acmeNames(document);
  if (asked?.state === 'done' && asked.output && validated?.state === 'done') return { ...asked.output, names };
  const why = validated?.waitingFor ?? asked?.waitingFor ?? 'its names are not validated yet';
  throw new Refusal('not-validated', `Cannot make server credentials for "${item.domain}" yet: ${why}`, { headers });
}

async function newBinding(binding: Parameters<typeof createBinding>[1]): ReturnType<typeof createBinding> {
  try {
    return await createBinding(oneShotClient(ACMClient), binding);
  } catch (error) {
    // A new role takes seconds to be known everywhere.
    if (!isCode(error, 'Validation')) throw error;
    const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
    throw new Refusal('busy', `ACM cannot assume the role of the server yet (${error.message}); ask again`, {
      headers,
    });
  }
}

const RETRY_AFTER_SECONDS = 10;
