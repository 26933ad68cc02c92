import { isDeepStrictEqual } from 'node:util';
import { SFNClient } from '@aws-sdk/client-sfn';
import { client } from '../aws/clients.ts';
import { readStateMachineArn } from '../aws/environment.ts';
import { dropName } from '../aws/ledger/claim-name.ts';
import type { Operation, SiteItem } from '../aws/ledger/items.ts';
import type { Ledger } from '../aws/ledger/ledger.ts';
import { readSiteItem } from '../aws/ledger/read-site.ts';
import { writeSite } from '../aws/ledger/write-site.ts';
import { writeTimeline } from '../aws/ledger/write-timeline.ts';
import { type ExecutionStatus, executionStatus } from '../aws/workflows/execution-status.ts';
import { startExecution } from '../aws/workflows/start-execution.ts';
import { executionName } from '../domain/sites/execution-name.ts';
import { namesOf } from '../domain/sites/names-of.ts';
import type { Site } from '../domain/sites/site.ts';

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
    createdAt: over?.createdAt ?? at,
    updatedAt: at,
  };
  if (!(await writeSite(ledger, item, { over })) && !(await stands(ledger, item))) return undefined;
  const edge = site.edge === 'direct' ? 'pointing straight at' : 'behind a load balancer, in front of';
  const message = `Declared ${domain}, ${edge} ${site.origin.instance.id}`;
  await writeTimeline(ledger, domain, { id: `${revision}-declared`, at, message });
  for (const name of noLongerDeclared(site, over)) await dropName(ledger, { name, domain });
  return item;
}

/** Whether the site stands as written: a write whose answer was lost is refused when it is repeated (failures W11). */
async function stands(ledger: Ledger, item: SiteItem): Promise<boolean> {
  return isDeepStrictEqual(await readSiteItem(ledger, item.domain), item);
}

/** Starts the workflow of the site's operation. Started already, it is left alone. */
export async function startOnboarding({ domain, revision, operation }: SiteItem): Promise<void> {
  if (!operation) throw new Error(`Cannot start the workflow for "${domain}": it has no operation`);
  await startExecution(client(SFNClient), {
    stateMachineArn: readStateMachineArn(),
    name: operation.execution,
    input: { domain, revision },
  });
}

/** How the workflow of the site's operation stands. */
export function onboardingStatus({ execution }: Operation): Promise<ExecutionStatus> {
  return executionStatus(client(SFNClient), { stateMachineArn: readStateMachineArn(), name: execution });
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
