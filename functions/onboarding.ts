import { isDeepStrictEqual } from 'node:util';
import type { Operation, SiteItem } from '../aws/ledger/items.ts';
import type { Ledger } from '../aws/ledger/ledger.ts';
import { writeTimeline } from '../aws/ledger/write-timeline.ts';
import { executionName } from '../domain/sites/execution-name.ts';
import { namesOf } from '../domain/sites/names-of.ts';
import type { Site } from '../domain/sites/site.ts';
import { giveUpName } from './claim-names.ts';
import { ended } from './operations.ts';
import { writeOver } from './write-over.ts';

/** Writes the site with its new operation over what stands. Undefined when something else stands there by now. */
export async function writeOnboarding(
  ledger: Ledger,
  site: Site,
  { over, request, now }: { over: SiteItem | undefined; request: string | undefined; now: Date },
): Promise<SiteItem | undefined> {
  const { domain } = site;
  const revision = (over?.revision ?? 0) + 1;
  const at = now.toISOString();
  const execution = executionName(domain, revision, 'onboard');
  const operation: Operation = { name: 'onboard', execution, startedAt: at, ...(request !== undefined && { request }) };
  const item: SiteItem = {
    domain,
    site,
    state: 'pending',
    revision,
    operation,
    ...(over?.last && { last: over.last }),
    ...(over?.operation && { last: ended(over.operation, now) }),
    createdAt: over && over.state !== 'undone' ? over.createdAt : at,
    updatedAt: at,
    // What viewers know stays known, whatever is declared over it.
    ...(over?.liveAt && over.state !== 'undone' && { liveAt: over.liveAt }),
  };
  if (!(await writeOver(ledger, item, { over }))) return undefined;
  const edge = site.edge === 'direct' ? 'pointing straight at' : 'behind a load balancer, in front of';
  const message = `Declared ${domain}, ${edge} ${site.origin.instance.id}`;
  await writeTimeline(ledger, domain, { id: `${revision}-declared`, at, message });
  for (const name of noLongerDeclared(site, over)) await giveUpName(ledger, { name, domain });
  return item;
}

/** Whether a declaration says what the site already is; subnets that it leaves to us may have been chosen. */
export function declaresTheSame(site: Site, { site: standing }: SiteItem): boolean {
  const chosen = site.subnets ?? standing.subnets;
  return isDeepStrictEqual({ ...site, ...(chosen && { subnets: chosen }) }, standing);
}

function noLongerDeclared(site: Site, over: SiteItem | undefined): string[] {
  const declared = namesOf(site).map(({ name }) => name);
  const before = over ? namesOf(over.site).map(({ name }) => name) : [];
  return before.filter((name) => !declared.includes(name));
}
