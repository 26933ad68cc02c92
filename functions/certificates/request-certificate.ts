import { ACMClient } from '@aws-sdk/client-acm';
import { tagCertificate } from '../../aws/certificates/certificate-tags.ts';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { requestCertificate } from '../../aws/certificates/request-certificate.ts';
import { client } from '../../aws/clients.ts';
import type { Made, StepItem } from '../../aws/ledger/items.ts';
import { validationRecords } from '../../domain/certificates/certificate.ts';
import { outcomeOf } from '../../domain/certificates/outcome.ts';
import { certificateRequest } from '../../domain/certificates/request.ts';
import { Failure } from '../../domain/errors.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { findCertificate } from '../find-certificate.ts';
import { type StepContext, step } from '../step.ts';

/** Requests the certificate, or finds the one requested before, and waits until ACM names a record for every name. */
export const handler = step('RequestCertificate', async ({ site, item, environment, previous, keep }) => {
  const acm = client(ACMClient);
  const names = servedNames(site);
  const owner = { domain: site.domain, stack: environment.stackName };
  const arn =
    remembered(previous, item.revision) ??
    (await find(acm, { names, owner, adopt: site.adopt, revision: item.revision, keep })) ??
    (await request(acm, { names, owner, revision: item.revision, keep }));
  const certificate = await describeCertificate(acm, arn);
  if (!certificate) throw new Failure('NotReady', 'Waiting until ACM knows the certificate it has just been asked for');
  const outcome = outcomeOf(certificate);
  if (outcome.state === 'failed') throw outcome.failure;
  const wanted = validationRecords({ names, validation: certificate.validation });
  if ('missing' in wanted) throw new Failure('NotReady', WAITING_FOR_RECORDS);
  return {
    made: [made(arn, item.revision)],
    output: { certificateArn: arn, records: wanted.records },
    message: `ACM has the request for ${names.map((name) => `"${name}"`).join(', ')} and has said which validation records it wants`,
  };
});

const WAITING_FOR_RECORDS = 'Waiting until ACM says which validation record it wants for each name';

/** The one that stands and may be used. What is to be adopted is remembered before it is touched. */
async function find(
  acm: ACMClient,
  {
    revision,
    keep,
    ...asked
  }: { names: string[]; owner: Owner; adopt: boolean | undefined; revision: number; keep: StepContext['keep'] },
): Promise<string | undefined> {
  const found = await findCertificate(acm, asked);
  if (!found) return undefined;
  const { arn, tags } = found;
  if (!isOwnedBy(asked.owner, tags)) {
    await keep({ ...made(arn, revision), before: { tags } });
    await tagCertificate(acm, { arn, tags: ownerTags(asked.owner) });
  }
  return arn;
}

/** The certificate that an earlier run of this revision has told the ledger. One that is adopted may not be tagged yet. */
function remembered(previous: StepItem | undefined, revision: number): string | undefined {
  return previous?.made.findLast(
    ({ type, detail, before }) => type === 'certificate' && detail === madeFor(revision) && !before,
  )?.id;
}

async function request(
  acm: ACMClient,
  { names, owner, revision, keep }: { names: string[]; owner: Owner; revision: number; keep: StepContext['keep'] },
): Promise<never> {
  const arn = await requestCertificate(acm, { ...certificateRequest(names, { revision }), tags: ownerTags(owner) });
  await keep(made(arn, revision));
  // The records come seconds after the request: asking at once would be in vain (failures A1).
  throw new Failure('NotReady', WAITING_FOR_RECORDS);
}

function made(arn: string, revision: number): Made {
  return { type: 'certificate', id: arn, ours: true, detail: madeFor(revision) };
}

function madeFor(revision: number): string {
  return `for revision ${revision}`;
}
