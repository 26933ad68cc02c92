import * as z from 'zod/mini';
import type { LookOptions } from '../../aws/doctor/look.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { worstOf } from '../../domain/doctor/report.ts';
import { check, type SiteCheckView } from '../../domain/doctor/view.ts';
import { lookupName } from '../../domain/names/lookup-name.ts';
import { fieldErrors } from '../../domain/problems/field-errors.ts';
import { sentence } from '../../domain/problems/issue-sentence.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { siteNotFound } from '../shared/api/site-path.ts';
import { lookAtBehind, lookAtNames, lookResolver, missingResources } from '../shared/care/look-at-site.ts';

/** Before the request is given up: to judge, and to write the answer. */
const MARGIN_MS = 6_000;

/**
 * `POST /v1/checks`: looks at every served name of a site from outside, as `nameplate doctor` does, and at the origin behind
 * CloudFront, and reads which resource of a site that is live is missing or changed. Nothing is changed and nothing is kept.
 */
export const checkSite = (options: LookOptions = {}) =>
  api(async (event, { now, remaining }) => {
    const { domain: given, webSocketPath } = readCheck(readBody(event));
    const tenant = expectedTenant(event.queryStringParameters);
    const domain = lookupName(given);
    const record = domain === '' ? undefined : await readSite(openLedger(readEnvironment()), domain);
    if (!record || (tenant !== undefined && record.item.site.tenant !== tenant)) throw siteNotFound(given, { tenant });
    const look = {
      record,
      options,
      now,
      remaining: () => remaining() - MARGIN_MS,
      ...(webSocketPath !== undefined && { webSocketPath }),
    };
    const dns = lookResolver(look);
    const [looked, resources, origin] = await Promise.all([
      lookAtNames(look),
      missingResources(dns, record),
      lookAtBehind(dns, look),
    ]);
    const names = looked.map(({ report }) => report);
    const verdict = worstOf([
      ...names.map((report) => report.verdict),
      ...([...resources, ...(origin?.findings ?? [])].length > 0 ? ['findings' as const] : []),
    ]);
    const body: SiteCheckView = {
      domain: record.item.domain,
      checkedAt: now.toISOString(),
      verdict,
      names: names.map((report) => ({ ...report, checkedAt: report.checkedAt.toISOString() })),
      ...(origin && { origin }),
      resources,
    };
    return { status: 200, body };
  });

export const handler = checkSite();

function readCheck(body: string): z.output<typeof check> {
  const parsed = z.safeParse(check, readJson(body), { error: sentence });
  if (parsed.success) return parsed.data;
  const detail =
    'Cannot read what is to be checked: send {"domain": "shop.example.com"}, and "webSocketPath" where there is one';
  throw new Refusal('invalid-check', detail, {
    errors: parsed.error.issues.flatMap(fieldErrors),
  });
}
