import { oneLook } from '../../aws/one-look.ts';
import { Failure } from '../../domain/errors.ts';
import { obstacleLine, unapproved } from '../../domain/removal/obstacle.ts';
import { readReleases } from '../shared/removal/read-releases.ts';
import { occupiedZones } from '../shared/removal/released-zones.ts';
import { scopeOf } from '../shared/steps/resource-step.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/**
 * Reads what others attached to all that the operation is about to remove, before it removes the first of it. What is
 * not approved stops the operation while every name still answers.
 */
export const handler = ledgerStep('CheckRemoval', async (context) => {
  const { item, environment, ledger } = context;
  const look = { clients: oneLook(), environment, ledger };
  const released = await readReleases(look, { ...scopeOf(context), retained: [] });
  const obstacles = [...released.obstacles, ...(await occupiedZones(look, released))];
  const unknown = unapproved(obstacles, item.operation?.retains ?? []);
  if (unknown.length > 0) throw new Failure('Conflict', refusal(unknown.map(obstacleLine)));
  const message =
    obstacles.length > 0
      ? `Retains, as approved: ${obstacles.map(({ type, id }) => `the ${type} ${id}`).join(', ')}`
      : 'Nothing of others is attached to what is to be removed';
  return { output: { retained: released.retained }, message };
});

function refusal(lines: readonly string[]): string {
  const what = lines.length === 1 ? 'something' : `${lines.length} things`;
  return `Nothing was removed: ${what} of others would be deleted or broken, or cannot be removed. ${lines.join('. ')}. Or ask for the undo or the change again and approve what its answer lists: it is retained`;
}
