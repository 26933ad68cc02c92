import type { FieldError } from '../problems/problem.ts';
import type { Site } from './site.ts';

/** A site stays its tenant's for as long as it stands. The other tenant is not named: who it is concerns nobody else. */
export function tenantProblems(site: Site, standing: Pick<Site, 'tenant'>): FieldError[] {
  if (site.tenant === standing.tenant) return [];
  const detail = `Cannot change whose site "${site.domain}" is: give the tenant that it was declared with, or undo it first`;
  return [{ pointer: '#/tenant', detail }];
}
