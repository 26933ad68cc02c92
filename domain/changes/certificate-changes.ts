import { isOwnedBy, type Owner, ownerTags } from '../ownership.ts';
import { kept, type ResourceRef, type Unphased } from './change.ts';
import type { SeenEdge } from './world.ts';

/** What the step "RequestCertificate" does. */
export function certificateChange(
  standing: SeenEdge['certificate'],
  { names, owner }: { names: string[]; owner: Owner },
): Unphased {
  const list = names.map((name) => `"${name}"`).join(', ');
  const resource: ResourceRef = { type: 'certificate', name: owner.domain };
  if (!standing) {
    const after = { names, validation: 'DNS', tags: ownerTags(owner) };
    return { verb: 'create', resource, after, message: `Request a certificate for ${list}` };
  }
  const how = standing.status === 'ISSUED' ? 'is issued' : 'is on its way';
  const { arn, tags } = standing;
  if (!isOwnedBy(owner, tags)) {
    const message = `Adopt the certificate for ${list}, which ${how}: undo removes our tags and retains it`;
    return {
      verb: 'adopt',
      resource: { ...resource, id: arn },
      before: { names, tags },
      after: { names, tags: { ...tags, ...ownerTags(owner) } },
      message,
    };
  }
  return kept({ ...resource, id: standing.arn }, { names }, `Use the certificate for ${list}, which ${how}`);
}
