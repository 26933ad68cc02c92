import type { PreflightFinding } from './finding.ts';

/** Names that another site of this stack has: one owner a name. */
export function nameFindings(taken: readonly { name: string; domain: string }[]): PreflightFinding[] {
  return taken.map(({ name, domain }) => ({
    severity: 'error',
    check: 'nameTaken',
    message: `Cannot claim "${name}": it belongs to the site "${domain}"; leave it out here or there`,
  }));
}
