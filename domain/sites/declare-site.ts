import type * as z from 'zod/mini';
import { declaredOriginName } from '../edges/edge.ts';
import { canonicalName } from '../names/canonical-name.ts';
import { originOf } from '../origins/origin.ts';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { declaredCdn } from './cdn-schema.ts';
import { type Declaration, declaration } from './declaration.ts';
import { sentence } from './issue-sentence.ts';
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
export function declaredSite({ cdn, ...site }: Declaration): Site {
  const originName = declaredOriginName({ ...site, cdn });
  if (originName === undefined) return site;
  // What is not ours cannot be closed by us.
  const { lock = originOf(site).target !== undefined, ...settings } = declaredCdn.parse(cdn ?? {});
  return { ...site, cdn: { ...settings, originName, lock } };
}

/** A domain with as many labels as a name may have leaves no room for the origin name that is derived from it. */
const derivedNameUnusable: SiteCheck = ({ edge, domain, cdn }) => {
  const originName = cdn?.originName ? undefined : declaredOriginName({ edge, domain });
  const problem = originName === undefined ? undefined : canonicalName(originName).problem;
  return problem ? [{ pointer: '#/cdn/originName', detail: `${problem.message}; give an origin name` }] : [];
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

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'invalid_union') return formErrors(issue);
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: issue.message }));
}

/** What is wrong with the form that was meant: the one that has all fields that are given, or else the kind of the value. */
function formErrors({ errors, path }: z.core.$ZodIssueInvalidUnion): FieldError[] {
  const meant =
    errors.find((issues) => issues.every((each) => each.path.length > 0)) ??
    errors.find((issues) => !issues.some((each) => each.path.length === 0 && each.code !== 'unrecognized_keys'));
  const issues = meant ?? errors[0]?.slice(0, 1) ?? [];
  return issues.flatMap((each) => fieldErrors({ ...each, path: [...path, ...each.path] }));
}

/** One sentence a field: of several bounds that a value breaks, the last one is the narrowest. */
function lastOfEach(errors: FieldError[]): FieldError[] {
  return [...new Map(errors.map((error) => [error.pointer, error])).values()];
}
