import { Ending, EXIT } from './exit-codes.ts';

/** API Gateway answers within 30 s or not at all. Source: HTTP API quotas; checked 2026-11-30. */
export const LONGEST_ANSWER_MS = 35_000;

/** Node's codes of a certificate that its authorities do not vouch for. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED/;

/** Nothing answers at an address as it should. What runs on AWS goes on. */
export class Unreached extends Ending {
  /** `what` ends "Cannot reach"; what `fetch` says of it is in the cause of its error alone. */
  constructor(what: string, error: unknown) {
    const { code = '', message, name } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    const [why, fix] = told(name === 'TimeoutError' ? name : code);
    super(`Cannot reach ${what} (${why ?? (message || code)}): ${fix}, then repeat the command`, EXIT.failed, {
      cause: error,
    });
  }
}

/** Why, where the network's own words don't say it, and what helps. */
function told(code: string): [why: string | undefined, fix: string] {
  if (code === 'TimeoutError')
    return [`no answer in ${LONGEST_ANSWER_MS / 1000} s`, 'see whether it is what runs there, and not stuck'];
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return ['what answers there does not speak TLS', 'see whether its address begins with http:'];
  if (UNTRUSTED.test(code))
    return [undefined, 'name the file of its authority in NODE_EXTRA_CA_CERTS, where that one is to be trusted'];
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return [undefined, 'see whether the clock of this machine is right'];
  return [undefined, 'see whether this machine is online and it runs there'];
}
