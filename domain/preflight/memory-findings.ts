import type { SeenWay } from './distribution-findings.ts';
import type { PreflightFinding } from './finding.ts';

/** What is longer keeps viewers at the old address for a noticeable time: our own records have 60 s, most providers 300 s. */
const LONG_SECONDS = 300;

/** The TTL to set beforehand. */
const SHORT_SECONDS = 60;

/** Names whose answers of today resolvers remember for long after the records have moved (failures F2, F3). */
export function memoryFindings(ways: readonly SeenWay[]): PreflightFinding[] {
  return ways.flatMap(({ name, ttlSeconds = 0 }): PreflightFinding[] => {
    if (ttlSeconds <= LONG_SECONDS) return [];
    const message = `Resolvers may answer for "${name}" with its records of today for ${inWords(ttlSeconds)} after they move (TTL ${ttlSeconds} s): leave what they lead to in service for as long. To shorten that, set the TTL of these records to ${SHORT_SECONDS} s, and declare the site ${inWords(ttlSeconds)} later`;
    return [{ severity: 'warning', check: 'oldAnswersRemembered', message }];
  });
}

function inWords(seconds: number): string {
  const [size, unit] = seconds >= 2 * 3600 ? [3600, 'hours'] : [60, 'minutes'];
  return `${Math.ceil(seconds / size)} ${unit}`;
}
