import type { Severity } from '../../../../domain/preflight/finding.ts';
import type { TestLedger } from '../../../support/ledger.ts';
import type { PlannableAccount } from '../../../support/plannable-account.ts';

/** The world that a plan looks at. */
export interface Looked {
  account: PlannableAccount;
  ledger: TestLedger;
}

/** Something in the world that a plan has to say a word about. */
export interface Cause {
  check: string;
  severity: Severity;
  when: string;
  cause: () => void | Promise<void>;
  /** A part of the fix that the finding names. */
  fix: string | RegExp;
  /** The world before it, where it is not as usual. */
  before?: () => void;
  /** What the site declares besides. */
  site?: object;
}
