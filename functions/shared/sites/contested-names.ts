import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { challenges, isChallengeOf } from '../../../domain/entries/challenge.ts';
import { entryInWords } from '../../../domain/entries/entry.ts';
import { stepOf } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { ClaimStanding } from '../../../domain/sites/claim-standing.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import type { FailureReason } from '../../../domain/sites/reason.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { claimantOf } from '../../../resources/manual-record/manual-records.ts';
import { answeredChallenges } from '../../../resources/ownership/answered-challenges.ts';
import { Refusal } from '../api/api.ts';
import { type Conflict, giveUpName, namesRefused, standingOf, tryClaim } from './claim-names.ts';
import { holdSite } from './hold-site.ts';
import { operationStatus, startOperation, stopOperation } from './operations.ts';
import { beginUndo } from './undoing.ts';

interface Contesting {
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
}

/** An undo of a site that made nothing takes about so long. */
const RETRY_AFTER_SECONDS = 60;

/** Claims that ended between two looks are met again at most so often. */
const MOST_TRIES = 3;

/**
 * Claims every name of a site. An unproven claim of another tenant yields when this one proves the name by its challenge,
 * and once it has lapsed: its site is taken back first, and the request is to be repeated (failures S2).
 *
 * @returns what gives the names back
 * @throws {Refusal} "name-taken" or "name-overlaps" with every name that can't be claimed; "name-yielding" while one is
 *   taken back
 */
export async function claimNames(
  ledger: Ledger,
  site: Site,
  { request, ...contesting }: Contesting & { request: string },
): Promise<() => Promise<void>> {
  for (let tries = 0; ; tries += 1) {
    const { giveBack, conflicts } = await tryClaim(ledger, site, { request, now: contesting.now });
    if (giveBack) return giveBack;
    if (tries === MOST_TRIES) throw namesRefused(conflicts);
    await contest(ledger, site, { conflicts, ...contesting });
  }
}

/**
 * Ends the claims of others that yield to this site's.
 *
 * @throws {Refusal} as `claimNames()`; returns when all of them are free
 */
export async function contest(
  ledger: Ledger,
  site: Site,
  { conflicts, environment, newResolver, now }: Contesting & { conflicts: readonly Conflict[] },
): Promise<void> {
  const judged = await Promise.all(
    conflicts.map(async (conflict) => ({ ...conflict, standing: await standingIn(ledger, conflict, now) })),
  );
  const asked = challenges(site, claimantOf(environment, site));
  const proven = judged.some(({ standing }) => standing === 'unproven')
    ? await answeredChallenges(newResolver(), asked)
    : [];
  const refused: Conflict[] = [];
  for (const { standing, ...conflict } of judged) {
    const challenge = asked.find((entry) => isChallengeOf(entry, conflict.wanted.name));
    if (standing === 'kept') refused.push(conflict);
    if (standing === 'unproven' && challenge && !proven.includes(challenge)) {
      if (!(await isAbandoned(ledger, conflict, newResolver))) {
        refused.push({ ...conflict, holder: { ...conflict.holder, proof: entryInWords(challenge) } });
      }
    }
  }
  if (refused.length > 0) throw namesRefused(refused);
  const yielding = [];
  for (const { holder, standing } of judged) yielding.push(await takeBack(ledger, holder, { standing, now }));
  if (!yielding.includes(true)) return;
  const detail = `Cannot claim the names of "${site.domain}" yet: an unproven claim of another tenant is being taken back; declare the site again in a minute`;
  throw new Refusal('name-yielding', detail, { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } });
}

/** Sites of one tenant never yield to each other, except for a zone that an undo left. */
async function standingIn(ledger: Ledger, { wanted, holder }: Conflict, now: Date): Promise<ClaimStanding> {
  const standing = await standingOf(ledger, holder, now);
  if (holder.tenant !== wanted.tenant) return standing;
  const item = await readSiteItem(ledger, holder.domain);
  return item && !isDeclared(item) ? 'lapsed' : 'kept';
}

/** Whether the zone that an undo left is no longer where the world is sent to. */
async function isAbandoned(ledger: Ledger, { holder }: Conflict, newResolver: () => Resolver): Promise<boolean> {
  const record = await readSite(ledger, holder.domain);
  if (!record || isDeclared(record.item)) return false;
  const { nameServers: ours = [] } = stepOf(record, 'FindZone')?.output ?? {};
  try {
    const { nameServers } = await newResolver().referral(holder.domain);
    return !nameServers.some((server) => ours.includes(server));
  } catch (error) {
    if (error instanceof DnsFailure) return false;
    throw error;
  }
}

const REASON: FailureReason = {
  step: 'CheckDelegation',
  error: 'Unproven',
  message:
    'A name of this site was declared by another tenant and never proven here: the claim has ended, and what was made for it is taken back. If the name is yours, declare the site again and enter the record that proves it',
};

/** Has a claim's site taken back. Says whether it is on its way; nothing is to be waited for when it was undone before. */
async function takeBack(
  ledger: Ledger,
  holder: Conflict['holder'],
  { standing, now }: { standing: ClaimStanding; now: Date },
): Promise<boolean> {
  if (standing === 'free') return false;
  const record = await readSite(ledger, holder.domain);
  if (standing === 'leaving') {
    // The request that wrote this operation may have been throttled when it started the workflow, and is not repeated.
    const operation = record?.item.operation;
    if (operation && (await operationStatus(operation)) === 'missing') await startOperation(record.item);
    return true;
  }
  if (!record || !isDeclared(record.item)) {
    await giveUpName(ledger, holder);
    return false;
  }
  const held = await heldSite(ledger, record, now);
  // Another request may have been faster: the next one sees what it has done.
  if (held && !held.operation) {
    await beginUndo(
      ledger,
      { ...held, reason: REASON },
      { now, why: 'a name of it was never proven, and another tenant claims it' },
    );
  }
  return true;
}

/** The site without an operation: the one that runs ends first, so that its workers are refused. */
async function heldSite(ledger: Ledger, record: SiteRecord, now: Date) {
  const { operation } = record.item;
  if (!operation) return record.item;
  const stopped = await holdSite(ledger, record, { operation, reason: REASON, now });
  if (!stopped) return undefined;
  await stopOperation(stopped);
  return readSiteItem(ledger, record.item.domain);
}
