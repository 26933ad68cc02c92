/**
 * Whether AWS has refused with that code. The SDK adds "Exception" to the code where it has a class for it, and none of the
 * bundles needs the class for this question.
 */
export function isCode(error: unknown, ...codes: readonly string[]): error is Error {
  return error instanceof Error && codes.includes(error.name.replace(/Exception$/, ''));
}
