import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { separateSeen } from '../../domain/plans/reference.ts';
import type { FieldError } from '../../domain/problems/problem.ts';
import { desires } from '../../domain/sites/life/begin.ts';
import { refusedOver } from '../../domain/sites/life/standing.ts';
import type { Site } from '../../domain/sites/site.ts';
import { expectedProblem } from '../../domain/sites/tenant.ts';
import { type Answer, api } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { once } from '../shared/api/idempotency.ts';
import { invalidSite } from '../shared/api/invalid-site.ts';
import { keyedBody, refused, settled } from '../shared/api/on-site.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { siteOf } from '../shared/api/site-of.ts';
import { domainOf, siteNotFound } from '../shared/api/site-path.ts';
import { type AskSurvey, askSurvey } from '../shared/plans/ask-survey.ts';
import { answerWith, type Declaration, declare, impatientResolver, withItem } from '../shared/sites/declare.ts';
import { refuseWhileStopped } from '../shared/sites/kill-switch.ts';
import { readDeclaration } from '../shared/sites/read-declaration.ts';

/**
 * `PUT /v1/sites/{domain}`: declares a site that stands anew, and starts the change that makes the difference. The
 * document that it has already starts nothing.
 */
export const changeSite = (newResolver: () => Resolver, survey: AskSurvey = askSurvey) =>
  api(async (event, { now, by, remaining }) => {
    const { domain, given } = domainOf(event);
    if (domain === '') throw siteNotFound(given);
    const body = readBody(event);
    const { document, seen, errors: seenErrors } = separateSeen(readJson(body));
    const { site, errors = [] } = readDeclaration(document);
    const expected = expectedTenant(event.queryStringParameters);
    const wrong = [
      ...errors,
      ...(site ? [...otherDomain(site, domain), ...expectedProblem(site.tenant, expected)] : []),
      ...seenErrors,
    ];
    if (!site || wrong.length > 0) throw invalidSite(domain, wrong);
    return once({ event, body: keyedBody(event, body), now, remaining }, (key, ledger) =>
      change(ledger, site, {
        event,
        key,
        by,
        ...seen,
        request: event.requestContext.requestId,
        newResolver,
        survey,
        now,
      }),
    );
  });

export const handler = changeSite(impatientResolver);

async function change(
  ledger: Ledger,
  site: Site,
  { event, ...asked }: Declaration & { event: APIGatewayProxyEventV2 },
): Promise<Answer> {
  const { domain } = site;
  const [record] = await Promise.all([
    siteOf(event, ledger, { declared: site }),
    refuseWhileStopped(readEnvironment(), asked.now),
  ]);
  const isMine = (item: SiteItem) => desires(item, site);
  const { over } = await settled(ledger, record.item, { request: 'change', key: asked.key, isMine });
  if (!over) return answerWith(ledger, domain, 202);
  const kind = refusedOver('change', over);
  if (kind) throw refused('change', over, { kind });
  const begun = await declare(ledger, site, { record: withItem(record, over), ...asked });
  return answerWith(ledger, domain, begun ? 202 : 200);
}

function otherDomain({ domain: declared }: Site, domain: string): FieldError[] {
  if (declared === domain) return [];
  const detail = `Cannot make "${declared}" of "${domain}": a site keeps its domain; give "${domain}" here, or declare "${declared}" as a site of its own`;
  return [{ pointer: '#/domain', detail }];
}
