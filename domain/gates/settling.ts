import type { Finding } from '../probes/certificate.ts';
import type { Ailing } from './verdict.ts';

/** What a probe found wrong: an edge may not show everywhere yet what it was told. Undefined where nothing is wrong. `then` ends the advice. */
export function settling(findings: readonly Finding[], then = 'declare the site again'): Ailing | undefined {
  if (findings.length === 0) return undefined;
  const list = [...new Set(findings.map(({ message }) => message))].join('; ');
  return {
    state: 'ailing',
    message: `Waiting until this settles: ${list}`,
    failure: `${list}. Mend it, then ${then}`,
  };
}
