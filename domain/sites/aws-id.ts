import * as z from 'zod/mini';

/** The id that EC2 gives a resource: a prefix, and 8 or 17 hexadecimal digits. */
export function awsId(prefix: 'i' | 'subnet', what: string): z.ZodMiniString {
  return z.string().check(
    z.regex(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), {
      error: `Must be the id of ${what}, such as "${prefix}-0123456789abcdef0"`,
    }),
  );
}
