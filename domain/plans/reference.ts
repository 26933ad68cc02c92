import * as z from 'zod/mini';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { declaration } from '../sites/declaration.ts';
import { sentence } from '../sites/issue-sentence.ts';

/** Names a plan that was seen, by what was seen of it. */
export const planReference = z.strictObject({
  id: z
    .string()
    .check(
      z.regex(/^[0-9a-f]{16}$/, { error: 'Must be the id of a plan, as POST /v1/plans gives it' }),
      z.describe('The id of the plan'),
    ),
  checksum: z
    .string()
    .check(
      z.regex(/^[0-9a-f]{64}$/, { error: 'Must be the checksum of a plan, as POST /v1/plans gives it' }),
      z.describe('The checksum of its list of changes'),
    ),
});

export type PlanReference = z.output<typeof planReference>;

/** What `POST /v1/sites` takes: a declaration, and the plan that is to be carried out as it was seen. */
export const newSite = z.extend(declaration, {
  plan: z.exactOptional(
    planReference.check(z.describe('Carries out exactly this plan, or refuses naming what has changed since')),
  ),
});

/** The declaration and the plan of a request's body, each to be read by itself. */
export function separatePlan(body: unknown): { document: unknown; plan?: PlanReference; errors: FieldError[] } {
  if (typeof body !== 'object' || body === null || !('plan' in body)) return { document: body, errors: [] };
  const { plan, ...document } = body;
  const parsed = planReference.safeParse(plan, { error: sentence });
  if (parsed.success) return { document, plan: parsed.data, errors: [] };
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: pointer(['plan', ...path]),
    detail: message,
  }));
  return { document, errors };
}
