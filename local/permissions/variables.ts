import type { Context } from './policy.ts';

/**
 * Puts values in for policy variables: "${aws:PrincipalAccount}", with a default "${aws:username, 'nobody'}".
 * Undefined when a variable has no single value: then the element meets nothing.
 */
export function substitute(text: string, context: Context): string | undefined {
  let missing = false;
  const substituted = text.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    const [, key = '', fallback] = /^\s*([^,]+?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
    const values = context.get(key.toLowerCase());
    const value = values?.length === 1 ? values[0] : fallback;
    missing ||= value === undefined;
    return value ?? '';
  });
  return missing ? undefined : substituted;
}
