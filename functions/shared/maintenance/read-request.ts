import * as z from 'zod/mini';
import { messageProblems } from '../../../domain/failover/message-problems.ts';
import { fieldErrors } from '../../../domain/problems/field-errors.ts';
import { sentence } from '../../../domain/problems/issue-sentence.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { Refusal } from '../api/api.ts';
import { readJson } from '../api/read-body.ts';

/** The body of a request about the maintenance of a site, whose message viewers will see. */
export function readRequest<Schema extends z.ZodMiniType<{ message?: string; state?: 'on' | 'off' }>>(
  schema: Schema,
  body: string,
  site: Pick<Site, 'failover'>,
): z.output<Schema> {
  const parsed = z.safeParse(schema, readJson(body), { error: sentence });
  if (parsed.success) {
    const problems = messageProblems(parsed.data, site);
    if (problems.length > 0) throw invalidMaintenance(problems);
    return parsed.data;
  }
  throw invalidMaintenance(parsed.error.issues.flatMap(fieldErrors));
}

/** The refusal of what is asked for, for what is wrong with its fields. */
export function invalidMaintenance(errors: FieldError[]): Refusal {
  const fields = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
  return new Refusal('invalid-maintenance', `Cannot do what is asked for: ${fields} wrong; nothing was changed`, {
    errors,
  });
}
