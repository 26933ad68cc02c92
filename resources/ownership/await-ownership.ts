import { isDeepStrictEqual } from 'node:util';
import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Environment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { writeSite } from '../../aws/ledger/write-site.ts';
import { challenges } from '../../domain/entries/challenge.ts';
import { byEarlierProof, judgeProofs, type Proofs, whyLapsed } from '../../domain/entries/proof.ts';
import { Failure } from '../../domain/errors.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import type { Site } from '../../domain/sites/site.ts';
import { claimantOf, lookAtEntries, whatToDo } from '../manual-record/manual-records.ts';
import type { Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';

interface Asking {
  site: Site;
  item: SiteItem;
  ledger: Ledger;
  environment: Environment;
  now: Date;
}

/**
 * Waits until the site's challenges stand in the zones themselves, asked over TCP of all their name servers (failures S2,
 * S3, S15): a name that is not proven is not taken. A proof is remembered, and counts for a while after its record
 * has gone.
 *
 * @returns what was proven, for the timeline
 * @throws {Failure} `name` while a name has yet to be proven; "Unproven" when one was and no longer is
 */
export async function awaitOwnership(
  dns: Resolver,
  { site, item, ledger, environment, now }: Asking,
  { name, beginning }: { name: 'NotReady' | 'Awaited'; beginning: boolean },
): Promise<string> {
  const before = item.proven ?? {};
  const looked = await lookAtEntries(dns, challenges(site, claimantOf(environment, site)), { site });
  const { proofs, recent, open, lapsed } = judgeProofs(looked, before, { now, beginning });
  await rememberProofs({ item, ledger }, proofs);
  if (lapsed.length > 0) {
    const todo = lapsed.map(whatToDo).join('. ');
    throw new Failure('Unproven', `${whyLapsed(lapsed, proofs)}. ${todo}. Then resume the site`);
  }
  if (open.length > 0) {
    throw new Failure(name, `Waiting until "${site.domain}" is proven to be yours: ${open.map(whatToDo).join('. ')}`);
  }
  const by = looked.map((proof) => `"${proof.name}"`).join(', ');
  const but = recent.map((proof) => `. ${byEarlierProof(proof, proofs)}. ${whatToDo(proof)}`).join('');
  return `The names are proven to be yours by ${by}${but}`;
}

/** The same in a step, for days: with another provider, or in another account, a person enters the challenges. */
export async function proveOwnership(
  { dns, scope, ledger, environment }: Doing,
  { beginning }: { beginning: boolean },
): Promise<void> {
  if (!dns) throw new Error(`Cannot prove the names of "${scope.owner.domain}": no name server can be asked`);
  const { item } = recordOf(scope);
  const asking = { site: item.site, item, ledger, environment, now: scope.now };
  await awaitOwnership(dns, asking, { name: 'Awaited', beginning });
}

/** Writes proofs to the site. A later write of the site has ended the operation, and the next one looks again. */
export async function rememberProofs({ item, ledger }: Pick<Asking, 'item' | 'ledger'>, proven: Proofs): Promise<void> {
  if (!isDeepStrictEqual(proven, item.proven ?? {})) await writeSite(ledger, { ...item, proven }, { over: item });
}
