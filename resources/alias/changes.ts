import { type Change, inPhase, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import type { AliasBefore } from '../../domain/ledger/before.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import { isMovable, type NameHolder } from '../distribution/holders.ts';
import type { Scope } from '../resource.ts';

export const TYPE = 'alias';

/** A name that viewers use. */
export interface DesiredAlias {
  name: string;
}

/** A name that was moved to the distribution of the site, as the ledger remembers it. */
export interface MovedAlias {
  name: string;
  from: AliasBefore;
  /** Which distribution has it now. */
  at: 'the site' | 'the former' | 'elsewhere';
  /** The one that had it before; absent where there is no such distribution any more. */
  former?: { isDeployed: boolean; isCovered: boolean };
}

export interface SeenAliases {
  /** Other distributions of the account that have names of the site. */
  holders: readonly NameHolder[];
  moved: readonly MovedAlias[];
}

/**
 * What is moved from other distributions, and moved back where no document asks for the name any more. What may not be moved is in
 * the way of the distribution, which says so.
 */
export function aliasChanges(
  desired: readonly DesiredAlias[],
  { holders, moved }: SeenAliases,
  scope: Scope,
): Change[] {
  return [
    ...inPhase(
      'shift',
      holders
        .filter((each) => isMovable(each, scope))
        .flatMap((each) => each.names.map((name) => moving(name, each, scope))),
    ),
    ...inPhase(
      'release',
      moved
        .filter(({ name, at }) => at === 'the site' && !desired.some((each) => each.name === name))
        .flatMap((each) => movingBack(each) ?? []),
    ),
  ];
}

function moving(name: string, { id, domainName }: NameHolder, { owner, known }: Scope): Unphased {
  const to = known.CreateDistribution?.distributionId ?? standIn(`distribution ${owner.domain}`);
  return {
    verb: 'adopt',
    resource: { type: TYPE, name, id: name },
    before: { distributionId: id, domainName },
    after: { distributionId: to },
    message: `Move "${name}" from the distribution ${id} (${domainName}), which serves it today: from then on viewers get this site, wherever DNS leads them in CloudFront; undo moves it back`,
  };
}

/** Undefined where nothing is left that it could be moved back to: it is then removed with the distribution of the site. */
function movingBack({ name, from, former }: MovedAlias): Unphased | undefined {
  if (!former) return undefined;
  const resource = { type: TYPE, name, id: name } as const;
  const { distributionId, domainName } = from;
  if (!former.isCovered) {
    const message = `"${name}" cannot be moved back to the distribution ${distributionId} (${domainName}), whose certificate does not cover it. Give that one a certificate that does, ${THEN_AGAIN}; otherwise no distribution has it afterwards`;
    return { verb: 'retain', resource, message };
  }
  const message = `Move "${name}" back to the distribution ${distributionId} (${domainName}), which had it before`;
  return { verb: 'restore', resource, after: { ...from }, message };
}
