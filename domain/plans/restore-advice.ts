/** How a live site gets back what others have removed or changed of it: its own document, sent without a plan, begins nothing. No period at its end. */
export const RESTORE_ADVICE = 'Plan its document, and apply that plan';
