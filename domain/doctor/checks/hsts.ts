import { maxAge } from '../../probes/max-age.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { answered, type PageSeen, type SecureSeen } from '../seen.ts';

/** Whether browsers are told to use https only, and what that means while https is broken. */
export const hsts: Check = (seen) => {
  const sent = seen.endpoints.flatMap(({ address, secure }) =>
    answered(secure) && !('stage' in secure.page) ? [{ address, page: secure.page, secure }] : [],
  );
  if (sent.length === 0 || seen.declared?.scheme === 'http') return outcome();
  const findings = sent.map((each) => ofPage(each)).filter((found) => found !== undefined);
  const locked = lockedOut(sent, seen.now);
  if (locked) findings.push(locked);
  if (findings.length > 0) return outcome({ findings });
  return outcome({
    passed: sent.flatMap(({ address, page }) => {
      const header = page.headers['strict-transport-security'];
      return header === undefined ? [] : [well(header, address)];
    }),
  });
};

function ofPage({ address: at, page }: { address: string; page: PageSeen }): Finding | undefined {
  const header = page.headers['strict-transport-security'];
  if (header === undefined) {
    // An answer of an edge or a proxy in trouble has no headers of the site.
    if (page.status >= 500) return undefined;
    const message = 'No Strict-Transport-Security header: the first request of a viewer may go over plain HTTP';
    return finding('hstsMissing', { message, at });
  }
  const evidence = [`${at}: "Strict-Transport-Security: ${header}"`];
  const seconds = maxAge(header);
  if (seconds === undefined) {
    const message = 'The Strict-Transport-Security header is ignored: it has no usable max-age';
    return finding('hstsInvalid', { message, evidence, at });
  }
  if (seconds > 0) return undefined;
  const message = 'Strict-Transport-Security has max-age=0: browsers forget that the name is https only';
  return finding('hstsOff', { message, evidence, at });
}

interface Sent {
  address: string;
  page: PageSeen;
  secure: SecureSeen;
}

/** F7: a browser that has seen the header offers no way past a broken certificate. */
function lockedOut(sent: readonly Sent[], now: Date): Finding | undefined {
  const hard = sent.find(({ page, secure }) => {
    const seconds = maxAge(page.headers['strict-transport-security'] ?? '');
    const [{ validFrom, validTo }] = secure.certificates;
    const refused = !secure.covers || secure.chain.trust !== 'trusted' || validTo <= now || validFrom > now;
    return seconds !== undefined && seconds > 0 && refused;
  });
  if (!hard) return undefined;
  const message =
    'The name demands https (HSTS) and its certificate is refused: browsers offer no way past the warning';
  const evidence = [`${hard.address}: "Strict-Transport-Security: ${hard.page.headers['strict-transport-security']}"`];
  return finding('hstsLocksOut', { message, evidence, at: hard.address });
}
