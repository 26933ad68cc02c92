import { Resolver } from '../../aws/dns/resolver.ts';
import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { missingInWords } from '../../domain/certificates/missing-validation.ts';
import { namedRecords } from '../../domain/certificates/place.ts';
import { baseUrl, needsResource } from '../../domain/edges/edge.ts';
import { whatToDo } from '../../domain/entries/entry.ts';
import { validationEntries } from '../../domain/entries/wanted.ts';
import { Failure } from '../../domain/errors.ts';
import { leftBy, leftInWords } from '../../domain/ledger/left-by.ts';
import { doneIn, outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { listed } from '../../domain/listed.ts';
import { minute } from '../../domain/minute.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { succeeded } from '../../domain/sites/life/end.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { lookAtEntries } from '../../resources/manual-record/manual-records.ts';
import { checkValidation } from '../../resources/validation-record/missing.ts';
import { logger } from '../shared/logging/logger.ts';
import { markDue } from '../shared/maintenance/due.ts';
import { giveUpName } from '../shared/sites/claim-names.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/**
 * The workflow's last step when all went well: the site is live as declared, and its operation has ended. One that went
 * back to what was live keeps the reason. Names of earlier documents are given up now that nothing of them stands.
 */
export const markLive = (newResolver: () => Resolver) =>
  step(
    'MarkLive',
    async (context) => {
      const { item, record, ledger, now } = context;
      const left = leftBy(record);
      const { operation, former = [] } = item;
      if (operation) {
        // Before the site: it cannot be declared anew while its operation runs, so no newer claim is dropped.
        for (const name of former) await giveUpName(ledger, { name, domain: item.domain });
        const live = succeeded({ ...item, operation }, { left, now });
        const written = await writeSite(ledger, live, { over: item });
        // Whatever its alarms say already, no event will tell of it.
        if (item.site.failover?.alarm !== undefined || needsResource(item.site, 'alarm'))
          await markDue(ledger, item, now.toISOString());
        // Another run of this same step may have been faster.
        const standing = written ? undefined : await readSiteItem(ledger, item.domain);
        if (!written && (standing?.revision !== item.revision || !isLive(standing))) throw ended(item.domain);
      } else if (!isLive(item)) {
        throw ended(item.domain);
      }
      const but = left.length > 0 ? `; what is no longer wanted is gone, except for ${leftInWords(left)}` : '';
      const renewal = await renewalProblems(context, newResolver);
      const message = [
        `Live at ${baseUrl(item.site, item.domain)}/${but}`,
        ...oldAnswers(record, now),
        ...renewal,
      ].join('. ');
      return { output: {}, message };
    },
    { alsoWhenEnded: true, looksOnly: true },
  );

export const handler = markLive(() => new Resolver());

/** Until when some viewers may be answered as before, by what resolvers remember of the records and of the delegation. */
function oldAnswers(record: SiteRecord, now: Date): string[] {
  const { revision } = record.item;
  const delegated = stepOf(record, 'CheckDelegation');
  const { delegating = [] } = outputIfDone(record, 'FindZone') ?? {};
  const seconds = Math.max(0, ...delegating.map(({ rememberedSeconds }) => rememberedSeconds));
  const since = delegated?.revision === revision && seconds > 0 ? delegated.endedAt : undefined;
  const { forgottenAt } = outputIfDone(record, 'PointRecords') ?? {};
  const instants = [
    ...(forgottenAt === undefined ? [] : [Date.parse(forgottenAt)]),
    ...(since === undefined ? [] : [Date.parse(since) + seconds * 1000]),
  ];
  const last = new Date(Math.max(0, ...instants));
  return last > now ? [`Resolvers may answer as before until ${minute(last)}`] : [];
}

/** What keeps ACM from renewing the certificate. The site is live by now: what cannot be read now fails nothing. */
async function renewalProblems(context: StepContext, newResolver: () => Resolver): Promise<string[]> {
  if (isExternal(context.site)) return renewalProblemsElsewhere(context, newResolver());
  try {
    const missing = missingInWords(await checkValidation(context));
    return missing === undefined ? [] : [`ACM cannot renew the certificate: ${missing}`];
  } catch (error) {
    logger.warn('Cannot read the validation records', error as Error);
    return ['Whether its validation records are there could not be read'];
  }
}

/** The same where a person keeps the validation records with another DNS provider. */
async function renewalProblemsElsewhere({ record }: StepContext, dns: Resolver): Promise<string[]> {
  const looked = await lookAtEntries(dns, validationEntries(namedRecords(doneIn(record))));
  const broken = looked.filter(({ seen }) => seen === 'missing' || seen === 'wrong');
  const unchecked = looked.filter(({ seen }) => seen === 'unchecked').map(({ name }) => name);
  return [
    ...(broken.length > 0 ? [`ACM cannot renew the certificate: ${broken.map(whatToDo).join('. ')}`] : []),
    ...(unchecked.length > 0
      ? [`ACM renews the certificate by records that could not be checked: ${listed(unchecked)}`]
      : []),
  ];
}

function ended(domain: string): Failure {
  return new Failure('Refused', `Cannot mark "${domain}" live: its operation has ended otherwise`);
}
