import { InvalidChangeBatch } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import { domainsOf, readDomainOperation } from '../../aws/domains/registered-domain.ts';
import { changeRecords } from '../../aws/records/change-records.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { deleted, replaced } from '../../domain/records/exchange.ts';
import { canonicalRecordName } from '../../domain/records/record-set.ts';
import { hasFailed, isRunning, whileRunning } from '../../domain/zones/registered-domain.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { recordOf, siteOf } from '../scope.ts';
import { beginUpdate } from './begin-update.ts';
import { REGISTRAR } from './changes.ts';
import { type Delegations, type DesiredDelegation, delegation } from './delegation.ts';

/** Until all name servers of Route 53 have a change, at the longest as a rule. Source: Route 53 Developer Guide, "How Route 53 routes traffic", checked 2026-11-30. */
const UPDATED_WITHIN_SECONDS = 60;

/** Removes the delegations that were written for the site, or puts back those that stood there: before the hosted zone (failures R16). */
export const removeDelegations: Applying<DesiredDelegation, Delegations> = {
  standing: (desired, actual, scope) => {
    const stays = delegation.changes(desired, actual, scope).filter(({ verb }) => verb === 'retain');
    return actual.written.map(({ made }) => made).filter(({ id }) => stays.some(({ resource }) => resource.id === id));
  },

  checkComplete({ written }) {
    for (const { made, operation } of written) {
      if (!operation) continue;
      const what = `Waiting until the registry of "${made.id}" has ended the change of its name servers that was begun`;
      throw new Failure('NotReady', `${what}: ${whileRunning(operation)}`);
    }
  },

  async apply({ resource }, actual, doing) {
    const found = actual.written.find(({ made }) => made.id === resource.id);
    if (!found) throw new Error(`Cannot remove the delegation of "${resource.name}": it was not read`);
    const { made, standing } = found;
    const former = made.before && 'set' in made.before ? made.before.set : undefined;
    if (made.written.zoneId === REGISTRAR) {
      const nameServers = former?.values.map(canonicalRecordName) ?? [];
      return putBackAtRegistrar({ name: made.id, nameServers }, doing);
    }
    const changes = [former ? replaced(standing, former) : deleted(standing)];
    const comment = `Nameplate: remove the delegation of ${made.id}`;
    try {
      await changeRecords(route53For(doing, doing.scope), { zoneId: made.written.zoneId, changes, comment });
    } catch (error) {
      // Removed with its answer lost, or changed this moment: the next look says which.
      if (!(error instanceof InvalidChangeBatch)) throw error;
      throw new Failure('NotReady', `Waiting until the delegation of "${made.id}" can be read again`, { cause: error });
    }
    const written = actual.written.filter((each) => each !== found);
    return { actual: { ...actual, written }, message: `Removed the delegation of "${made.id}"` };
  },

  async after(actual, doing) {
    for (const made of removed(actual, doing)) {
      await checkRemoved(made, doing);
      if (begunBefore(made.id, doing)) await doing.takeBack(puttingBack(made.id));
    }
  },

  outcome(actual, doing) {
    const gone = removed(actual, doing);
    const remembered = gone.map(({ written }) => (written?.set.ttlSeconds ?? 0) + UPDATED_WITHIN_SECONDS);
    return {
      output: { forgetSeconds: Math.max(toldBefore(doing), ...remembered) },
      // By then an earlier turn has removed it: this one has waited until the world saw that.
      ...(gone.length > 0 && { message: `No longer delegated: ${gone.map(({ id }) => `"${id}"`).join(', ')}` }),
    };
  },
};

/** What this step writes down of the change that puts the former name servers back: those are not the site's. */
const puttingBack = (name: string): Made => ({ type: 'delegation', id: name, ours: false });

const begunBefore = (name: string, { previous }: Doing): string | undefined =>
  previous?.made.find(({ id, ours }) => id === name && !ours)?.operationId;

/**
 * The registry takes minutes: the step ends once it has the former name servers.
 *
 * @throws {Failure} "NotReady" while it has not, "Refused" with what the registry says
 */
async function putBackAtRegistrar(
  domain: { name: string; nameServers: readonly string[] },
  doing: Doing,
): Promise<never> {
  const { name, nameServers } = domain;
  const { clients, environment, scope } = doing;
  const begun = begunBefore(name, doing);
  const domains = domainsOf({ site: siteOf(scope), who: environment, clients });
  const operation = begun === undefined ? undefined : await readDomainOperation(domains, begun);
  if (operation && hasFailed(operation)) {
    await doing.takeBack(puttingBack(name));
    const message = `Cannot put back the former name servers of "${name}": its registry has refused ${nameServers.join(', ')}: ${operation.message} (operation ${operation.id} of Route 53 Domains). Mend what it says, or enter others for the domain in Route 53 Domains yourself; then undo again. The hosted zone stays until then`;
    throw new Failure('Refused', message);
  }
  if (!operation || !isRunning(operation))
    await beginUpdate(doing, domain, (operationId) => doing.keep({ ...puttingBack(name), operationId }));
  const why = operation && isRunning(operation) ? `: ${whileRunning(operation)}` : '';
  throw new Failure('NotReady', `Waiting until the registry of "${name}" has its former name servers again${why}`);
}

/** The answer of this step may have been lost: the workflow waits all the same. */
function toldBefore({ previous, revision }: Doing): number {
  const output = previous?.revision === revision ? previous.output : undefined;
  return (output as StepOutputs['RemoveDelegation'] | undefined)?.forgetSeconds ?? 0;
}

/** Those of the ledger that stand no more. */
function removed({ written }: Delegations, { scope }: Doing): Made[] {
  return madeOf(recordOf(scope), 'delegation').filter(({ id }) => !written.some(({ made }) => made.id === id));
}

async function checkRemoved({ id, written }: Made, { dns }: Doing): Promise<void> {
  if (!dns) throw new Error(`Cannot see whether "${id}" is still delegated: no name server can be asked`);
  const ours = written?.set.values.map(canonicalRecordName) ?? [];
  try {
    const { parent, nameServers } = await dns.referral(id);
    if (!nameServers.some((server) => ours.includes(server))) return;
    throw new Failure('NotReady', `Waiting until "${parent}" no longer delegates "${id}" to the hosted zone`);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now whether "${id}" is still delegated: ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}
