import { isDeepStrictEqual } from 'node:util';
import { ACMClient } from '@aws-sdk/client-acm';
import { tagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { requestCertificate } from '../../aws/certificates/request-certificate.ts';
import { client } from '../../aws/clients.ts';
import { validationRecords } from '../../domain/certificates/certificate.ts';
import { outcomeOf } from '../../domain/certificates/outcome.ts';
import { certificateRequest, type Generation } from '../../domain/certificates/request.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { requestNumber } from '../shared/certificates/certificate-requests.ts';
import { findCertificate } from '../shared/certificates/find-certificate.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** Requests the certificate, or finds the one requested before, and waits until ACM names a record for every name. */
export const handler = step('RequestCertificate', async ({ site, item, record, environment, previous, keep }) => {
  const acm = client(ACMClient);
  const names = servedNames(site);
  const owner = { domain: site.domain, stack: environment.stackName };
  const generation = { revision: item.revision, request: requestNumber(record) };
  const arn =
    remembered(previous, generation) ??
    (await find(acm, { names, owner, adopt: site.adopt, generation, keep })) ??
    (await request(acm, { names, owner, generation, keep }));
  const certificate = await describeCertificate(acm, arn);
  if (!certificate) throw new Failure('NotReady', 'Waiting until ACM knows the certificate it has just been asked for');
  const outcome = outcomeOf(certificate);
  if (outcome.state === 'failed') throw outcome.failure;
  const wanted = validationRecords({ names, validation: certificate.validation });
  if ('missing' in wanted) throw new Failure('NotReady', WAITING_FOR_RECORDS);
  return {
    made: [made(arn, generation)],
    output: { certificateArn: arn, records: wanted.records },
    message: `ACM has the request for ${names.map((name) => `"${name}"`).join(', ')} and has said which validation records it wants`,
  };
});

const WAITING_FOR_RECORDS = 'Waiting until ACM says which validation record it wants for each name';

/** The one that stands and may be used. What is to be adopted is remembered before it is touched. */
async function find(
  acm: ACMClient,
  {
    generation,
    keep,
    ...asked
  }: { names: string[]; owner: Owner; adopt: boolean | undefined; generation: Generation; keep: StepContext['keep'] },
): Promise<string | undefined> {
  const found = await findCertificate(acm, asked);
  if (!found) return undefined;
  const { arn, tags } = found;
  if (!isOwnedBy(asked.owner, tags)) {
    await keep({ ...made(arn, generation), before: { tags } });
    await tagCertificate(acm, { arn, tags: ownerTags(asked.owner) });
  }
  return arn;
}

/**
 * The certificate that an earlier run has told the ledger for this request. One that is adopted may not be tagged yet. Of a version
 * that told no generation, it is found like one that is not remembered: ACM makes none twice for the same token.
 */
function remembered(previous: StepItem | undefined, generation: Generation): string | undefined {
  return previous?.made.findLast(
    (made) => made.type === 'certificate' && !made.before && isDeepStrictEqual(made.generation, generation),
  )?.id;
}

async function request(
  acm: ACMClient,
  {
    names,
    owner,
    generation,
    keep,
  }: { names: string[]; owner: Owner; generation: Generation; keep: StepContext['keep'] },
): Promise<never> {
  const arn = await requestCertificate(acm, { ...certificateRequest(names, generation), tags: ownerTags(owner) });
  await keep(made(arn, generation));
  // The records come seconds after the request: asking at once would be in vain (failures A1).
  throw new Failure('NotReady', WAITING_FOR_RECORDS);
}

function made(arn: string, generation: Generation): Made {
  return { type: 'certificate', id: arn, ours: true, detail: madeFor(generation), generation };
}

function madeFor({ revision, request: number }: Generation): string {
  return `for revision ${revision}${number > 1 ? `, request ${number}` : ''}`;
}
