import type { Verdict } from '../../../domain/gates/verdict.ts';
import { listed } from '../../../domain/listed.ts';

/** What the checkers have found of an address by name. */
export interface ObservationSight {
  /** Whether the name leads to another origin once viewers have moved, which the checkers do not ask yet. */
  moves?: boolean;
  id: string;
  /** "https://origin.shop.example.test/" */
  url: string;
  originName: string;
  /** What each checker has found last; undefined of a health check that is not there. */
  observations: readonly { region: string; status: string }[] | undefined;
}

const SUCCESS = 'Success';

/** What one or two see may be their own way through the internet (failures F9). Route 53 has 15 and more. */
const FEWEST_CHECKERS = 3;

/**
 * Route 53 goes by more than 18 % of its checkers, and counts a new health check as healthy until they have reported (failures R24, F9):
 * that would arm nothing. Most of them have to succeed. Source: Route 53 Developer Guide, "How Amazon Route 53 determines whether a
 * health check is healthy"; checked 2026-11-29.
 */
export function judgeObservations({
  id,
  url,
  originName,
  observations,
  moves,
}: ObservationSight): Verdict<Record<string, never>> {
  if (!observations) {
    return {
      state: 'failed',
      name: 'Misconfigured',
      message: `Cannot arm the failover: the health check ${id} is missing. Another tool has deleted it; have that leave it alone, then declare the site again`,
    };
  }
  if (moves) {
    const message = `The checkers of Route 53 ask ${url} of the new origin once its record has moved with viewers`;
    return { state: 'open', output: {}, message };
  }
  if (observations.length < FEWEST_CHECKERS) {
    return {
      state: 'closed',
      message: `Waiting until the first ${FEWEST_CHECKERS} checkers of Route 53 have asked ${url}`,
    };
  }
  const failed = observations.filter(({ status }) => !status.startsWith(SUCCESS));
  const succeeded = observations.length - failed.length;
  if (succeeded > failed.length) {
    const message = `${succeeded} of ${observations.length} checkers of Route 53 get an answer of ${url}: the failover follows what they find`;
    return { state: 'open', output: {}, message };
  }
  const found = listed([...new Set(failed.map(({ status }) => reasonOf(status)))]);
  return {
    state: 'closed',
    message: `Waiting until the checkers of Route 53 get an answer of ${url}: ${failed.length} of ${observations.length} do not (${found}). They connect over IPv4 within 4 s, speak TLS 1.2 at most, send "${originName}" as Host, and take a status of 200 to 399 within 2 s: have what serves the site answer so, and let in the addresses of "ROUTE53_HEALTHCHECKS" in https://ip-ranges.amazonaws.com/ip-ranges.json`,
  };
}

/** "The health checker could not establish a connection within the timeout limit" */
const reasonOf = (status: string): string => status.replace(/^Failure: /, '').replace(/\.$/, '');
