import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { deleteDistribution } from '../../aws/distributions/delete-distribution.ts';
import { untagDistribution } from '../../aws/distributions/untag-distribution.ts';
import { Failure } from '../../domain/errors.ts';
import { goneOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import { formerNamesOf, type OwnDistribution, type SeenDistributions, TYPE } from './changes.ts';
import { released } from './config.ts';
import type { DesiredDistribution } from './desired.ts';
import { distribution } from './distribution.ts';
import { disableDistribution, replaceConfig } from './replace-config.ts';
import { standingDistributions } from './standing.ts';

/**
 * Takes out of the distribution what only earlier documents needed; or disables one that is no longer desired, and deletes it
 * once every edge location has taken that over (failures C7).
 */
export const releaseDistribution: Applying<DesiredDistribution, SeenDistributions> = {
  standing: standingDistributions,

  async unmark({ resource: { id } }, { own }, { scope }) {
    const arn = own.find((each) => each.id === id)?.arn;
    if (arn === undefined) throw new Error(`Cannot untag the distribution "${id}": it was not read`);
    await untagDistribution(client(CloudFrontClient), { arn, keys: Object.keys(ownerTags(scope.owner)) });
  },

  async apply({ verb, resource }, actual, { scope }) {
    const found = actual.own.find(({ id }) => id === resource.id);
    if (!found) throw new Error(`Cannot release the distribution "${resource.name}": it was not read`);
    const others = actual.own.filter((each) => each !== found);
    if (verb === 'delete') {
      await remove(found);
      return { actual: { ...actual, own: others }, message: `Deleted the distribution ${found.id}` };
    }
    const [desired] = distribution.desired(scope);
    if (!desired) throw new Error(`Cannot release of the distribution "${resource.name}": the site needs none`);
    const next = await replaceConfig(found, (config) => released(config, desired, formerNamesOf(scope)));
    return {
      actual: { ...actual, own: [next, ...others] },
      message: `Took out of the distribution ${found.id} what only earlier documents needed`,
    };
  },

  outcome(actual, { previous, revision, scope }) {
    const output = previous?.output as Partial<StepOutputs['RemoveDistribution']> | undefined;
    const before = previous?.revision === revision ? (output?.removed ?? []) : [];
    const stays = standingDistributions(distribution.desired(scope), actual, scope).map(({ id }) => id);
    const gone = scope.record ? goneOf(scope.record, TYPE, stays).map(({ id }) => id) : [];
    const removed = [...new Set([...before, ...gone])];
    return removed.length > 0 ? { output: { removed } } : {};
  },
};

/** @throws {Failure} "NotReady" until it is disabled everywhere */
async function remove(found: OwnDistribution): Promise<void> {
  const { id, status, etag } = await disableDistribution(found);
  const waiting = `Waiting until CloudFront has disabled the distribution ${id} at every edge location, which takes some minutes`;
  if (status !== 'Deployed') throw new Failure('NotReady', waiting);
  const outcome = await deleteDistribution(client(CloudFrontClient), { id, etag });
  if (outcome === 'gone') return;
  throw new Failure(
    'NotReady',
    outcome === 'enabled' ? waiting : `Waiting: the distribution ${id} was changed meanwhile`,
  );
}
