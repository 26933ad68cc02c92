import type { Made } from '../../domain/ledger/made.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { type DesiredAccess, ENDPOINT, ROLE, type SeenAccess, type SeenValidation, VALIDATION } from './changes.ts';

/** `detail` is the name: by it an invalid one is found again after the document has lost the name. */
export const validationMade = ({ arn: id, domain: detail }: Pick<SeenValidation, 'arn' | 'domain'>): Made => ({
  type: VALIDATION,
  id,
  ours: true,
  detail,
});

/** The validations and the role of the site; the endpoint is the stack's. */
export function standingAccess(
  [desired]: readonly DesiredAccess[],
  { endpoint, validations, role }: SeenAccess,
  { owner }: Scope,
): Made[] {
  return [
    ...(endpoint && desired ? [{ type: ENDPOINT, id: endpoint.arn, ours: false } as const] : []),
    ...validations.filter(({ tags }) => isOwnedBy(owner, tags)).map(validationMade),
    ...(role && isOwnedBy(owner, role.tags) ? [{ type: ROLE, id: role.arn, ours: true } as const] : []),
  ];
}
