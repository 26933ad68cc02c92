import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { isOwnedBy, whoseItIs } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'bypass';

export interface DesiredBypass {
  addresses: readonly string[];
  /** What tells its code from another one. */
  version: string;
}

/** The function of a site, as the ledger or CloudFront has it. */
export interface SeenBypass {
  arn: string;
  version: string | undefined;
  /** Where CloudFront was asked. */
  etag?: string;
  tags?: Readonly<Record<string, string>>;
}

export interface SeenBypasses {
  found?: SeenBypass;
}

export function bypassChanges([desired]: readonly DesiredBypass[], { found }: SeenBypasses, scope: Scope): Change[] {
  const { owner } = scope;
  const resource: ResourceRef = { type: TYPE, name: owner.domain, ...(found && { id: found.arn }) };
  const isOwn = found?.tags === undefined || isOwnedBy(owner, found.tags);
  if (desired) return inPhase('prepare', [isOwn ? wanted(desired, found, resource) : conflict(found, resource)]);
  if (!found || !isOwn) return [];
  const message = `Delete the CloudFront function ${found.arn}, by which operators saw the site of "${owner.domain}"`;
  return inPhase('release', [{ verb: 'delete', resource, message }]);
}

function wanted({ addresses, version }: DesiredBypass, found: SeenBypass | undefined, resource: ResourceRef): Unphased {
  const after = { addresses, version };
  const who = addresses.join(', ');
  if (!found) {
    const message = `Create a CloudFront function by which ${who} see the site while other viewers see its page`;
    return { verb: 'create', resource, after, message };
  }
  if (found.version === version)
    return kept(resource, after, `Keep the CloudFront function by which ${who} see the site`);
  const message = `Have the CloudFront function ${found.arn} show ${who} the site while other viewers see its page`;
  return { verb: 'update', resource, before: { version: found.version ?? 'unknown' }, after, message };
}

function conflict({ arn = '', tags = {} }: Partial<SeenBypass> = {}, resource: ResourceRef): Unphased {
  const message = `Cannot use the CloudFront function ${arn}: ${whoseItIs(tags)}. Delete it, then declare the site again`;
  return { verb: 'conflict', resource, before: { tags }, message };
}

/** What a distribution runs; nothing of a site without a bypass. */
export function bypassHandles(
  [desired]: readonly DesiredBypass[],
  seen: SeenBypasses | undefined,
  { owner: { domain } }: Pick<Scope, 'owner'>,
): StepOutputs['CreateBypass'] {
  return desired ? { functionArn: seen?.found?.arn ?? bypassStandIn(domain) } : {};
}

export function bypassStandIn(domain: string): string {
  return standIn(`function of the bypass of ${domain}`);
}
