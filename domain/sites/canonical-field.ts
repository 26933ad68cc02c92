import * as z from 'zod/mini';
import { canonicalName } from '../names/canonical-name.ts';

/** A string that `read` turns into its canonical form, or refuses with a sentence. */
export function canonical(description: string, read: (typed: string) => { value: string } | { problem: string }) {
  return z.pipe(
    z.string().check(z.describe(description)),
    z.transform((typed: string, context) => {
      const found = read(typed);
      if ('value' in found) return found.value;
      context.issues.push({ code: 'custom', input: typed, message: found.problem });
      return typed;
    }),
  );
}

/** A domain name. */
export const name = (description: string) =>
  canonical(description, (typed) => {
    const found = canonicalName(typed);
    return found.problem ? { problem: found.problem.message } : { value: found.name };
  });
