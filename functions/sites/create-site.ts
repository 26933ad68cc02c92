import type { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { separateSeen } from '../../domain/plans/reference.ts';
import { desires } from '../../domain/sites/life/begin.ts';
import { isEndOf, refusedOver } from '../../domain/sites/life/standing.ts';
import type { Site } from '../../domain/sites/site.ts';
import { expectedProblem } from '../../domain/sites/tenant.ts';
import { type Answer, api } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { once } from '../shared/api/idempotency.ts';
import { invalidSite } from '../shared/api/invalid-site.ts';
import { refused, settled } from '../shared/api/on-site.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { type AskSurvey, askSurvey } from '../shared/plans/ask-survey.ts';
import { domainConflict } from '../shared/sites/anothers-site.ts';
import { contest } from '../shared/sites/contested-names.ts';
import {
  answerWith,
  type Declaration,
  declare,
  impatientResolver,
  running,
  withItem,
} from '../shared/sites/declare.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { readDeclaration } from '../shared/sites/read-declaration.ts';

/** `POST /v1/sites`: declares a site and starts its onboarding. */
export const createSite = (newResolver: () => Resolver, survey: AskSurvey = askSurvey) =>
  api(async (event, { now, by, remaining }) => {
    const body = readBody(event);
    const { document, seen, errors: seenErrors } = separateSeen(readJson(body));
    const { site, errors = [] } = readDeclaration(document);
    const expected = expectedTenant(event.queryStringParameters);
    const wrong = [...errors, ...(site ? expectedProblem(site.tenant, expected) : []), ...seenErrors];
    if (!site || wrong.length > 0) throw invalidSite(undefined, wrong);
    return once({ event, body, now, remaining }, (key, ledger) =>
      onboard(ledger, site, { key, by, ...seen, request: event.requestContext.requestId, newResolver, survey, now }),
    );
  });

export const handler = createSite(impatientResolver);

async function onboard(ledger: Ledger, site: Site, { request, ...asked }: Declaration): Promise<Answer> {
  const [record] = await Promise.all([readSite(ledger, site.domain), refuseWhileStopped(readEnvironment(), asked.now)]);
  const conflict = record && domainConflict(site, record.item);
  if (conflict) {
    await contest(ledger, site, {
      conflicts: [conflict],
      environment: readEnvironment(),
      newResolver: asked.newResolver,
      now: asked.now,
    });
    throw running(site.domain, 'it has just been taken back');
  }
  const isMine = (item: SiteItem) => desires(item, site);
  const { over } = record ? await settled(ledger, record.item, { request: 'declare', key: asked.key, isMine }) : {};
  const isBegun = record && (!over || (isEndOf(over, asked.key) && isMine(over)));
  const kind = over && !isBegun ? refusedOver('declare', over) : undefined;
  if (over && kind) throw refused('declare', over, { kind });
  if (!isBegun) await declare(ledger, site, { record: withItem(record, over), request, ...asked });
  return answerWith(ledger, site.domain, 202);
}
