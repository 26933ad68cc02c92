import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { createDistribution } from '../../aws/distributions/create-distribution.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type OwnDistribution, type SeenDistributions, usedDistribution } from './changes.ts';
import { newConfig, prepared } from './config.ts';
import type { DesiredDistribution } from './desired.ts';
import { distribution } from './distribution.ts';
import { firstSecretOf } from './next-secret.ts';
import { replaceConfig } from './replace-config.ts';
import { madeDistribution, standingDistributions } from './standing.ts';
import { nextReference, notListed, takenReference, takenReferences } from './taken-references.ts';

/** Creates the distribution, or adds the origin and the secret header to it, and the page. Nothing waits here until it is deployed. */
export const prepareDistribution: Applying<DesiredDistribution, SeenDistributions> = {
  standing: standingDistributions,

  async apply({ verb }, actual, doing) {
    const next = verb === 'create' ? await create(doing) : await update(actual, doing);
    const others = actual.own.filter(({ id }) => id !== next.id);
    const done = verb === 'create' ? 'Created' : 'Prepared';
    return {
      actual: { ...actual, own: [...others, next] },
      message: `${done} the distribution ${next.id}: ${next.domainName}`,
    } satisfies Applied<SeenDistributions>;
  },

  async after(_, doing) {
    const taken = takenReferences(doing);
    if (taken.length > 0) await doing.takeBack(...taken);
  },
};

async function create(doing: Doing): Promise<OwnDistribution> {
  const { scope, keep } = doing;
  const callerReference = nextReference(doing);
  const desired = desiredIn(doing);
  const secret = await firstSecretOf(desired, scope);
  const config = prepared(newConfig(desired, { callerReference }), desired, secret);
  const tags = ownerTags(scope.owner);
  const created = await createDistribution(client(CloudFrontClient), { config, tags });
  if (!created) {
    await keep(takenReference(callerReference, scope.now));
    throw notListed();
  }
  await keep(madeDistribution(created));
  return { ...created, tags };
}

async function update(actual: SeenDistributions, doing: Doing): Promise<OwnDistribution> {
  const used = usedDistribution(actual, doing.scope);
  if (!used) throw new Error(`Cannot prepare the distribution of "${doing.scope.owner.domain}": it was not read`);
  const desired = desiredIn(doing);
  const secret = await firstSecretOf(desired, doing.scope);
  return replaceConfig(used, (config) => prepared(config, desired, secret));
}

function desiredIn({ scope }: Doing): DesiredDistribution {
  const [desired] = distribution.desired(scope);
  if (!desired) throw new Error(`Cannot prepare a distribution for "${scope.owner.domain}": the site needs none`);
  return desired;
}
