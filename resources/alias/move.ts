import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { associateAlias } from '../../aws/distributions/associate-alias.ts';
import { readDistribution } from '../../aws/distributions/read-distribution.ts';
import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import type { AliasBefore } from '../../domain/ledger/before.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { listed } from '../../domain/listed.ts';
import { aliasesOf } from '../distribution/config.ts';
import type { Applying } from '../resource.ts';
import { type DesiredAlias, type MovedAlias, type SeenAliases, TYPE } from './changes.ts';

/** Moves names to the distribution of the site, and waits until every edge location has taken that over. */
export const moveAliases: Applying<DesiredAlias, SeenAliases> = {
  standing: (_, { moved }) => moved.map(remembered),

  async apply({ resource: { name }, before }, actual, { scope, keep }) {
    const { distributionId } = scope.known.CreateDistribution ?? {};
    if (distributionId === undefined) throw new Error(`Cannot move "${name}": the site has no distribution`);
    const alias: MovedAlias = { name, from: before as AliasBefore, at: 'the site' };
    // Remembered before it is moved: undo finds out whether it was.
    await keep(remembered(alias));
    await move(name, distributionId);
    const holders = actual.holders.map((each) => ({ ...each, names: each.names.filter((one) => one !== name) }));
    const moved = [...actual.moved.filter((each) => each.name !== name), alias];
    return { actual: { holders, moved }, message: `Moved "${name}" to the distribution ${distributionId}` };
  },

  async after({ moved }, { scope: { known }, restored }) {
    const { distributionId: id } = known.CreateDistribution ?? {};
    const ours = moved.filter(({ at }) => at === 'the site').map(({ name }) => name);
    const expected = [...new Set([...ours, ...(known.ServeAliases?.moves ?? [])])];
    if (id === undefined || expected.length === 0) return;
    const found = await readDistribution(client(CloudFrontClient), id);
    const missing = expected.filter((name) => !aliasesOf(found?.config ?? {}).includes(name));
    // Taken off the other distribution since it was seen there: it is no move any more.
    const lost = missing.filter((name) => !ours.includes(name));
    if (lost.length > 0) throw notHeld(lost, restored);
    if (missing.length > 0 || found?.status !== 'Deployed') throw spreading(id);
  },
};

/** Moves names back to the distributions that had them, and waits likewise: the one of the site serves them until then. */
export const restoreAliases: Applying<DesiredAlias, SeenAliases> = {
  standing: (desired, { moved }) =>
    moved
      .filter(({ name, at, former }) => desired.some((each) => each.name === name) || isRetained({ at, former }))
      .map(remembered),

  async apply({ resource: { name } }, actual) {
    const found = actual.moved.find((each) => each.name === name);
    if (!found) throw new Error(`Cannot move "${name}" back: it was not read`);
    const { distributionId } = found.from;
    await move(name, distributionId);
    const back: MovedAlias = { ...found, at: 'the former', former: { isDeployed: false, isCovered: true } };
    const moved = actual.moved.map((each) => (each === found ? back : each));
    return { actual: { ...actual, moved }, message: `Moved "${name}" back to the distribution ${distributionId}` };
  },

  async after({ moved }) {
    const waiting = moved.find(({ at, former }) => at === 'the former' && former && !former.isDeployed);
    if (waiting) throw spreading(waiting.from.distributionId);
  },
};

const isRetained = ({ at, former }: { at: MovedAlias['at']; former: MovedAlias['former'] }): boolean =>
  at === 'the site' && former?.isCovered === false;

function remembered({ name, from }: MovedAlias): Made {
  const detail = `moved from the distribution ${from.distributionId} (${from.domainName})`;
  return { type: TYPE, id: name, ours: true, detail, before: from };
}

const notHeld = (names: readonly string[], restored: boolean): Failure =>
  new Failure(
    restored ? 'Misconfigured' : 'Missing',
    `No distribution of the account has ${listed(names)} any more, which was to be moved. ${restored ? 'Declare the site again' : 'Adding it instead, once'}`,
  );

const spreading = (id: string): Failure =>
  new Failure(
    'NotReady',
    `Waiting until CloudFront has deployed the move to the distribution ${id}: edge locations take it over one after the other`,
  );

/** @throws {Failure} "Misconfigured" where CloudFront refuses it for good, in its own words */
async function move(name: string, distributionId: string): Promise<void> {
  try {
    await associateAlias(client(CloudFrontClient), { name, distributionId });
  } catch (error) {
    if (!isCode(error, 'IllegalUpdate', 'InvalidArgument')) throw error;
    const says = error.message.replace(/\.+$/, '');
    throw new Failure(
      'Misconfigured',
      `CloudFront does not move "${name}" to the distribution ${distributionId}: ${says}. Mend that, then declare the site again`,
      { cause: error },
    );
  }
}
