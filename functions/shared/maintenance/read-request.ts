import * as z from 'zod/mini';
import { pointer } from '../../../domain/problems/pointer.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import { sentence } from '../../../domain/sites/issue-sentence.ts';
import { Refusal } from '../api/api.ts';
import { readJson } from '../api/read-body.ts';

/** The body of a request about the maintenance of a site. */
export function readRequest<Schema extends z.ZodMiniType>(schema: Schema, body: string): z.output<Schema> {
  const parsed = z.safeParse(schema, readJson(body), { error: sentence });
  if (parsed.success) return parsed.data;
  throw invalidMaintenance(
    parsed.error.issues.flatMap((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
      const paths = keys ? keys.map((key) => [...issue.path, key]) : [issue.path];
      return paths.map((path) => ({ pointer: pointer(path as (string | number)[]), detail: issue.message }));
    }),
  );
}

/** The refusal of what is asked for, for what is wrong with its fields. */
export function invalidMaintenance(errors: FieldError[]): Refusal {
  const fields = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
  return new Refusal('invalid-maintenance', `Cannot do what is asked for: ${fields} wrong; nothing was changed`, {
    errors,
  });
}
