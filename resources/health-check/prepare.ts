import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../aws/clients.ts';
import { createHealthCheck } from '../../aws/health-checks/create-health-check.ts';
import type { HealthCheck } from '../../aws/health-checks/health-check.ts';
import { tagHealthCheck } from '../../aws/health-checks/health-check-tags.ts';
import { updateHealthCheck } from '../../aws/health-checks/update-health-check.ts';
import { Failure } from '../../domain/errors.ts';
import { type HealthCheckSettings, healthCheckReference } from '../../domain/failover/health-check.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import type { Applying, Doing } from '../resource.ts';
import { inWords, type OwnCheck, type SeenChecks, usedCheck } from './changes.ts';
import { configOf, differences } from './config.ts';
import { healthCheckResource } from './health-check.ts';
import { madeCheck, standingChecks } from './standing.ts';

/** References that one operation uses at most: each but the last is of a health check that another tool has deleted. */
const MOST_ATTEMPTS = 10;

/** Creates the health check, or sets back what another tool has changed of it. No record follows it yet. */
export const prepareHealthCheck: Applying<HealthCheckSettings, SeenChecks> = {
  standing: standingChecks,

  async apply({ verb }, actual, doing) {
    const desired = desiredIn(doing);
    const next = verb === 'create' ? await create(desired, doing) : await update(desired, actual, doing);
    const others = actual.own.filter(({ id }) => id !== next.id);
    const done = verb === 'create' ? 'Created' : 'Changed';
    return {
      actual: { ...actual, own: [next, ...others] },
      message: `${done} the health check ${next.id}, which asks ${inWords(desired)} every ${desired.intervalSeconds} s`,
    };
  },
};

async function create(desired: HealthCheckSettings, doing: Doing): Promise<OwnCheck> {
  const created = await createOnce(desired, doing);
  await doing.keep(madeCheck(created));
  return tagged(created, doing);
}

/** A repeated request gets the check that an earlier one has created. */
async function createOnce(desired: HealthCheckSettings, { scope: { owner }, revision }: Doing): Promise<HealthCheck> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const callerReference = healthCheckReference(owner, { revision, attempt });
    const created = await createHealthCheck(client(Route53Client), { callerReference, config: configOf(desired) });
    if (created) return created;
  }
  const message = `Cannot create the health check of "${desired.originName}": another tool has deleted ${MOST_ATTEMPTS} that were created. Have that tool leave them alone, then declare the site again`;
  throw new Failure('Conflict', message);
}

async function update(desired: HealthCheckSettings, actual: SeenChecks, doing: Doing): Promise<OwnCheck> {
  const used = usedCheck(desired, actual, doing.scope);
  if (!used) throw new Error(`Cannot change the health check of "${desired.originName}": it was not read`);
  const { after, words } = differences(used.config, configOf(desired));
  const updated = words.length === 0 ? used : await updateHealthCheck(client(Route53Client), used, after);
  if (!updated) throw new Failure('NotReady', `Waiting: the health check ${used.id} was changed meanwhile`);
  return tagged({ ...updated, tags: used.tags }, doing);
}

async function tagged(
  { tags = {}, ...check }: HealthCheck & Partial<Pick<OwnCheck, 'tags'>>,
  { scope: { owner } }: Doing,
): Promise<OwnCheck> {
  if (isOwnedBy(owner, tags)) return { ...check, tags };
  await tagHealthCheck(client(Route53Client), { id: check.id, tags: ownerTags(owner) });
  return { ...check, tags: { ...tags, ...ownerTags(owner) } };
}

function desiredIn({ scope }: Doing): HealthCheckSettings {
  const [desired] = healthCheckResource.desired(scope);
  if (!desired) throw new Error(`Cannot create a health check for "${scope.owner.domain}": the site needs none`);
  return desired;
}
