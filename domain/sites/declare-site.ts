import { declaredOriginName, edgeOf } from '../edges/edge.ts';
import { canonicalName } from '../names/canonical-name.ts';
import { originOf } from '../origins/origin.ts';
import { fieldErrors } from '../problems/field-errors.ts';
import { sentence } from '../problems/issue-sentence.ts';
import type { FieldError } from '../problems/problem.ts';
import { declaredCdn } from './cdn-schema.ts';
import { type Declaration, declaration } from './declaration.ts';
import { DEFAULT_PAGE, type Failover, type FailoverPage } from './failover.ts';
import type { Site } from './site.ts';
import { SITE_CHECKS, type SiteCheck } from './site-checks.ts';

export type Declared = { site: Site; errors?: never } | { site?: never; errors: FieldError[] };

/**
 * The site that a document declares, canonical and with its defaults, or everything that is wrong with the document:
 * each field by itself, and the fields with one another as far as they can be read.
 */
export function declareSite(document: unknown): Declared {
  const parsed = declaration.safeParse(document, { error: sentence });
  const readable: Partial<Declaration> = parsed.success ? parsed.data : readableFields(document);
  const errors = [
    ...lastOfEach((parsed.error?.issues ?? []).flatMap(fieldErrors)),
    ...[...SITE_CHECKS, derivedNameUnusable].flatMap((check) => check(readable)),
  ];
  return parsed.success && errors.length === 0 ? { site: declaredSite(parsed.data) } : { errors };
}

/** The site of a document without faults: one behind a CDN has all of its settings. */
export function declaredSite({ cdn, failover: declared, ...site }: Declaration): Site {
  const failover = declared && { failover: filledFailover({ ...site, failover: declared }) };
  const originName = declaredOriginName({ ...site, cdn });
  if (originName === undefined) return { ...site, ...failover };
  // What is not ours cannot be closed by us.
  const { lock = originOf(site).target !== undefined, ...settings } = declaredCdn.parse(cdn ?? {});
  return { ...site, cdn: { ...settings, originName, lock }, ...failover };
}

/** The failover with its defaults. A CDN checks nothing, and has the origin name itself. */
function filledFailover({
  failover = {},
  ...site
}: Pick<Declaration, 'domain' | 'edge' | 'origin' | 'failover'>): Failover {
  const page: FailoverPage = { ...DEFAULT_PAGE, ...failover.page };
  const originName = checkedName({ ...site, failover });
  const { alarm, bypass } = failover;
  const further = { ...(alarm !== undefined && { alarm }), ...(bypass && { bypass }) };
  if (originName === undefined) return { page, ...further };
  const { path = originOf(site).healthPath, intervalSeconds = 30, failures = 3 } = failover.check ?? {};
  return { originName, check: { path, intervalSeconds, failures }, page, ...further };
}

/** The name that the health check of a declaration asks: the one that it gives, or "origin." before the domain. Undefined without one. */
function checkedName({ edge, domain, failover }: Partial<Declaration>): string | undefined {
  if (!failover || edgeOf({ edge }).servedBy === 'distribution') return undefined;
  return failover.originName ?? (domain === undefined ? undefined : `origin.${domain}`);
}

/** A domain with as many labels as a name may have leaves no room for the origin name that is derived from it. */
const derivedNameUnusable: SiteCheck = (site) => {
  const { edge, domain, cdn, failover } = site;
  const derived = [
    { field: 'cdn', originName: cdn?.originName ? undefined : declaredOriginName({ edge, domain }) },
    { field: 'failover', originName: failover?.originName ? undefined : checkedName(site) },
  ];
  return derived.flatMap(({ field, originName }) => {
    const problem = originName === undefined ? undefined : canonicalName(originName).problem;
    return problem ? [{ pointer: `#/${field}/originName`, detail: `${problem.message}; give an origin name` }] : [];
  });
};

/** The fields that are right by themselves, so that one bad field does not hide what is wrong among the others. */
function readableFields(document: unknown): Partial<Declaration> {
  if (typeof document !== 'object' || document === null) return {};
  const given = new Map(Object.entries(document));
  const fields = Object.entries(declaration.shape).flatMap(([key, schema]) => {
    const field = schema.safeParse(given.get(key));
    return field.success ? [[key, field.data] as const] : [];
  });
  return Object.fromEntries(fields);
}

/** One sentence a field: of several bounds that a value breaks, the last one is the narrowest. */
function lastOfEach(errors: FieldError[]): FieldError[] {
  return [...new Map(errors.map((error) => [error.pointer, error])).values()];
}
