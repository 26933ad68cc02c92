import { AwsError } from '../../wire/service.ts';

/**
 * Compiles a filter pattern of unstructured terms: `ERROR timeout` (all of them), `"two words"`, `-DEBUG` (none of it),
 * `?ERROR ?WARN` (any of them). Terms count with their case. Patterns over JSON (`{ … }`), columns (`[ … ]`) and regular
 * expressions (`%…%`) are refused by name.
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text))
    throw new AwsError(
      'InvalidParameterException',
      `Invalid filter pattern: the local AWS reads terms only, not "${text.slice(0, 1)}" patterns`,
    );
  const all: string[] = [];
  const any: string[] = [];
  const none: string[] = [];
  for (const [, sign, quoted, bare] of text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
    const term = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
    (sign === '?' ? any : sign === '-' ? none : all).push(term);
  }
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (any.length === 0 || all.length > 0 || any.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
}
