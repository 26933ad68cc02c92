import { readEnvironment } from '../../aws/environment.ts';
import type { SiteItem } from '../../aws/ledger/items.ts';
import { type Ledger, openLedger } from '../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../aws/ledger/read-site.ts';
import { type PlanReference, separatePlan } from '../../domain/plans/reference.ts';
import { declareSite } from '../../domain/sites/declare-site.ts';
import type { Site } from '../../domain/sites/site.ts';
import { tenantProblems } from '../../domain/sites/tenant-checks.ts';
import { type Answer, api, locationOf, Refusal } from '../api.ts';
import { checkPlan } from '../check-plan.ts';
import { invalidSite, surveyWorld } from '../check-world.ts';
import { claimNames } from '../claim-names.ts';
import { refuseWhileStopped } from '../kill-switch.ts';
import { declaresTheSame, writeOnboarding } from '../onboarding.ts';
import { once } from '../once.ts';
import { operationStatus, startOperation } from '../operations.ts';
import { readBody, readJson } from '../read-body.ts';
import { viewOf } from '../site-view.ts';

/**
 * `POST /v1/sites`: declares a site and starts its onboarding. Everything is checked before anything is made; a crash at
 * any point is mended by the same request again.
 */
export const handler = api(async (event, { now }) => {
  const body = readBody(event);
  const { document, plan, errors: planErrors } = separatePlan(readJson(body));
  const { site, errors = [] } = declareSite(document);
  if (!site || planErrors.length > 0) throw invalidSite(undefined, [...errors, ...planErrors]);
  const ledger = openLedger(readEnvironment());
  return once({ ledger, event, body, now }, (key) =>
    onboard(ledger, site, { key, plan, request: event.requestContext.requestId, now }),
  );
});

interface Request {
  /** The caller's Idempotency-Key, hashed. */
  key: string | undefined;
  /** The plan that is to be carried out, when one was made. */
  plan: PlanReference | undefined;
  /** The id of this one request. */
  request: string;
  now: Date;
}

async function onboard(ledger: Ledger, site: Site, { key, plan, request, now }: Request): Promise<Answer> {
  const [standing] = await Promise.all([readSiteItem(ledger, site.domain), refuseWhileStopped(readEnvironment(), now)]);
  const wrong = standing && standing.state !== 'undone' ? tenantProblems(site, standing.site) : [];
  if (wrong.length > 0) throw invalidSite(site.domain, wrong);
  const { begun, over } = standing ? await decide(ledger, standing, { site, key }) : { begun: false };
  if (begun) return accepted(ledger, site.domain);
  const survey = await surveyWorld(site);
  const checked = survey.site;
  if (plan) await checkPlan(ledger, plan, { survey, environment: readEnvironment(), now });
  const giveBack = await claimNames(ledger, checked, { request, now });
  const item = await writeOnboarding(ledger, checked, { over, request: key, now });
  if (!item) {
    await giveBack();
    throw running(site.domain, 'another request was faster');
  }
  await startOperation(item);
  return accepted(ledger, site.domain);
}

/**
 * What to do about the site that stands: nothing, when this very request has `begun` its operation, or write a new
 * declaration `over` it.
 *
 * @throws {Refusal} when the site exists, or an operation that somebody else asked for runs
 */
async function decide(
  ledger: Ledger,
  standing: SiteItem,
  { site, key }: { site: Site; key: string | undefined },
): Promise<{ begun: boolean; over?: SiteItem }> {
  const { domain, state, operation } = standing;
  if (!operation) {
    if (state !== 'live') return { begun: false, over: standing };
    const detail = `Cannot declare "${domain}": the site exists and is "${state}"; look at it under its Location`;
    throw new Refusal('site-exists', detail, { headers: { location: locationOf(domain) } });
  }
  const status = await operationStatus(operation);
  if (status === 'ended') {
    const after = (await readSiteItem(ledger, domain)) ?? standing;
    if (after.operation?.execution !== operation.execution) return decide(ledger, after, { site, key });
    // Aborted or timed out, a workflow cannot say so itself: its site is as good as failed.
    return { begun: false, over: after };
  }
  // Missing: the request that wrote the site died before it started the workflow.
  if (status === 'missing') await startOperation(standing);
  const sameKey = key !== undefined && operation.request === key;
  if (sameKey || (status === 'missing' && declaresTheSame(site, standing))) return { begun: true };
  throw running(domain, `it began at ${operation.startedAt}`);
}

function running(domain: string, why: string): Refusal {
  const detail = `Cannot declare "${domain}": an operation is running for it (${why}); watch it under its Location`;
  return new Refusal('operation-running', detail, { headers: { location: locationOf(domain) } });
}

async function accepted(ledger: Ledger, domain: string): Promise<Answer> {
  const record = await readSite(ledger, domain, { timeline: true });
  if (!record) throw new Error(`Cannot show "${domain}": the ledger has no such site`);
  return { status: 202, headers: { location: locationOf(domain) }, body: viewOf(record) };
}
