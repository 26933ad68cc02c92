/** What Lambda and Step Functions report themselves: no step has said how it went. */
const NOT_A_STEP = /^(Lambda|Runtime|Sandbox|States)\./;

/**
 * Whether an operation failed because AWS did not answer, or a function could not run, and not because of what was declared.
 * Nothing that stands is taken back for that: the site is held, and resumed when AWS answers.
 */
export const isOutage = (error = ''): boolean => error === 'Throttled' || NOT_A_STEP.test(error);
