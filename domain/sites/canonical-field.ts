import * as z from 'zod/mini';
import { canonicalName } from '../names/canonical-name.ts';

/** A string that `read` turns into its canonical form, or refuses with a sentence. `more` is for its JSON Schema. */
export function canonical(
  description: string,
  read: (typed: string) => { value: string } | { problem: string },
  more: { format?: string; examples?: string[] } = {},
) {
  return z.pipe(
    z.string().check(z.meta({ description, ...more })),
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
  canonical(
    description,
    (typed) => {
      const found = canonicalName(typed);
      return found.problem ? { problem: found.problem.message } : { value: found.name };
    },
    // Source: JSON Schema 2020-12, "Hostnames": U-labels are taken too.
    { format: 'idn-hostname', examples: ['shop.example.com'] },
  );
