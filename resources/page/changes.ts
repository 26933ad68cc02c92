import type { PagesEnvironment } from '../../aws/environment.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { pageKey, pagePath } from '../../domain/pages/page-path.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'page';

/** What viewers of the site get while it is down. */
export interface DesiredPage {
  /** What tells it from another one. */
  version: string;
}

export interface SeenPages {
  /** The object of the site; absent where there is none. */
  page?: { version: string | undefined };
  /** Where the pages of all sites are; known to what writes them or plans what shows them. */
  place?: PagesEnvironment & { region: string };
}

export function pageChanges([desired]: readonly DesiredPage[], { page }: SeenPages, { owner }: Scope): Change[] {
  const { domain } = owner;
  const resource: ResourceRef = { type: TYPE, name: domain, ...(page && { id: pageKey(domain) }) };
  if (desired) return inPhase('prepare', [wanted(desired, page, resource)]);
  if (!page) return [];
  const message = `Delete the page that viewers of "${domain}" got while the site was down`;
  return inPhase('release', [{ verb: 'delete', resource, before: stateOf(page), message }]);
}

function wanted(desired: DesiredPage, page: SeenPages['page'], resource: ResourceRef): Unphased {
  const after = stateOf(desired);
  if (!page) {
    const message = `Write the page that viewers of "${resource.name}" get while the site is down, with status 503`;
    return { verb: 'create', resource, after, message };
  }
  if (page.version === desired.version) {
    return kept(resource, after, `Keep the page that viewers of "${resource.name}" get while the site is down`);
  }
  const message = `Write the page anew that viewers of "${resource.name}" get while the site is down`;
  return { verb: 'update', resource, before: stateOf(page), after, message };
}

const stateOf = ({ version = 'unknown' }: { version: string | undefined }): object => ({ version });

/** What CloudFront finds the page by; in words where it is not known which bucket has it. */
export function pageHandles(
  [desired]: readonly DesiredPage[],
  seen: SeenPages | undefined,
  { owner: { domain } }: Pick<Scope, 'owner'>,
): StepOutputs['WritePage'] | undefined {
  if (!desired) return undefined;
  const { place } = seen ?? {};
  if (!place) return pageStandIn(domain);
  const { bucket, region, accessControlId, headersPolicyId } = place;
  // Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets"; checked 2026-11-30.
  return {
    path: pagePath(domain),
    bucketDomain: `${bucket}.s3.${region}.amazonaws.com`,
    accessControlId,
    headersPolicyId,
  };
}

export function pageStandIn(domain: string): StepOutputs['WritePage'] {
  return {
    path: pagePath(domain),
    bucketDomain: standIn('bucket of the pages'),
    accessControlId: standIn('origin access control of the pages'),
    headersPolicyId: standIn('response headers policy of the pages'),
  };
}
