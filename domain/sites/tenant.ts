import type { FieldError } from '../problems/problem.ts';

/** What a tenant may be called: also the value of a tag, a query parameter and part of a command line. */
export const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The tenant that a request expects and the one of its document are two; neither is compared with a site here. */
export function expectedProblem(declared: string | undefined, expected: string | undefined): FieldError[] {
  if (expected === undefined || declared === expected) return [];
  const given = declared === undefined ? 'the document has none' : `the document has "${declared}"`;
  return [{ pointer: '#/tenant', detail: `Must be the expected tenant of the request, "${expected}": ${given}` }];
}
