import * as z from 'zod/mini';
import { sentence } from '../problems/issue-sentence.ts';
import { pointer } from '../problems/pointer.ts';
import type { FieldError } from '../problems/problem.ts';
import { declaration } from '../sites/declaration.ts';
import { approval } from '../sites/undoing.ts';

/** Names a plan that was seen, by what was seen of it. */
export const planReference = z.strictObject({
  id: z
    .string()
    .check(
      z.regex(/^[0-9a-f]{16}$/, { error: 'Must be the id of a plan, as the plan has it' }),
      z.describe('The id of the plan'),
    ),
  checksum: z
    .string()
    .check(
      z.regex(/^[0-9a-f]{64}$/, { error: 'Must be the checksum of a plan, as the plan has it' }),
      z.describe('The checksum of its list of changes'),
    ),
});

export type PlanReference = z.output<typeof planReference>;

const references = {
  plan: z.exactOptional(
    planReference.check(z.describe('Carries out exactly this plan, or refuses naming what has changed since')),
  ),
  approve: z.exactOptional(approval),
};

/** What `POST /v1/sites` and `PUT /v1/sites/{domain}` take: a declaration, and what was seen of its consequences. */
export const newSite = z.extend(declaration, references);

const seen = z.object(references);

/** What a person has seen of a declaration's consequences: its plan, or the list of what it deletes. */
export type Seen = z.output<typeof seen>;

/** The declaration of a request's body and what was seen of its consequences, each to be read by itself. */
export function separateSeen(body: unknown): { document: unknown; seen: Seen; errors: FieldError[] } {
  if (typeof body !== 'object' || body === null || !('plan' in body || 'approve' in body)) {
    return { document: body, seen: {}, errors: [] };
  }
  const { plan, approve, ...document } = body as Record<string, unknown>;
  const given = { ...(plan !== undefined && { plan }), ...(approve !== undefined && { approve }) };
  const parsed = seen.safeParse(given, { error: sentence });
  if (parsed.success) return { document, seen: parsed.data, errors: [] };
  const errors = parsed.error.issues.map(({ path, message }) => ({ pointer: pointer(path), detail: message }));
  return { document, seen: {}, errors };
}
