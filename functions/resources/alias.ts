import { aliases } from '../../resources/alias/alias.ts';
import { moveAliases, restoreAliases } from '../../resources/alias/move.ts';
import { byPhase, releasing, shifting } from '../shared/steps/resource-step.ts';

/** Moves the names of a site from other distributions of the account to its own, and back when no document asks for them any more. */
export const handler = byPhase({
  shift: shifting('MoveAliases', { resource: aliases, applying: moveAliases }),
  release: releasing('RestoreAliases', { resource: aliases, applying: restoreAliases, after: 'CreateDistribution' }),
});
