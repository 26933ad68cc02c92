import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSite, readSiteItem } from '../../aws/ledger/read-site.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { separateSeen } from '../../domain/plans/reference.ts';
import type { Site } from '../../domain/sites/site.ts';
import { expectedProblem } from '../../domain/sites/tenant.ts';
import { type Answer, api, locationOf, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { once } from '../shared/api/once.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { invalidSite } from '../shared/plans/check-world.ts';
import { domainConflict } from '../shared/sites/anothers-site.ts';
import { contest } from '../shared/sites/contested-names.ts';
import { answerWith, type Declaration, declare, newResolver, running, withItem } from '../shared/sites/declare.ts';
import { declaresTheSame } from '../shared/sites/declaring.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { isEndOf, operationStatus, startOperation } from '../shared/sites/operations.ts';
import { readDeclaration } from '../shared/sites/read-declaration.ts';

/** `POST /v1/sites`: declares a site and starts its onboarding. */
export const handler = api(async (event, { now, by, remaining }) => {
  const body = readBody(event);
  const { document, seen, errors: seenErrors } = separateSeen(readJson(body));
  const { site, errors = [] } = readDeclaration(document);
  const expected = expectedTenant(event.queryStringParameters);
  const wrong = [...errors, ...(site ? expectedProblem(site.tenant, expected) : []), ...seenErrors];
  if (!site || wrong.length > 0) throw invalidSite(undefined, wrong);
  return once({ event, body, now, remaining }, (key, ledger) =>
    onboard(ledger, site, { key, by, ...seen, request: event.requestContext.requestId, now }),
  );
});

async function onboard(ledger: Ledger, site: Site, { request, ...asked }: Declaration): Promise<Answer> {
  const [record] = await Promise.all([readSite(ledger, site.domain), refuseWhileStopped(readEnvironment(), asked.now)]);
  const conflict = record && domainConflict(site, record.item);
  if (conflict) {
    await contest(ledger, site, {
      conflicts: [conflict],
      environment: readEnvironment(),
      newResolver,
      now: asked.now,
    });
    throw running(site.domain, 'it has just been taken back');
  }
  const { begun, over } = record ? await decide(ledger, record.item, { site, key: asked.key }) : { begun: false };
  if (!begun) await declare(ledger, site, { record: withItem(record, over), request, ...asked });
  return answerWith(ledger, site.domain, 202);
}

/**
 * What to do about the site that stands: nothing, when this very request has `begun` its operation, or write a new
 * declaration `over` it.
 *
 * @throws {Refusal} when the site exists, or an operation of another request runs
 */
async function decide(
  ledger: Ledger,
  standing: SiteItem,
  { site, key }: { site: Site; key: string | undefined },
): Promise<{ begun: boolean; over?: SiteItem }> {
  const { domain, state, operation } = standing;
  if (!operation) {
    if (state !== 'live') return { begun: false, over: standing };
    if (isEndOf(standing, key) && declaresTheSame(site, standing)) return { begun: true };
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
