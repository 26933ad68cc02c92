import { distribution } from '../../resources/distribution/distribution.ts';
import { prepareDistribution } from '../../resources/distribution/prepare.ts';
import { releaseDistribution } from '../../resources/distribution/release.ts';
import { serveAliases } from '../../resources/distribution/shift.ts';
import { byPhase, preparing, releasing, shifting } from '../shared/steps/resource-step.ts';

/** Creates the distribution of a site, has it serve the names once their certificate is issued, and deletes it when it is no longer used. */
export const handler = byPhase({
  prepare: preparing('CreateDistribution', distribution, prepareDistribution),
  // What later steps know of it, they know from its creation.
  shift: shifting('ServeAliases', { resource: { ...distribution, handles: () => ({}) }, applying: serveAliases }),
  release: releasing('RemoveDistribution', {
    resource: distribution,
    applying: releaseDistribution,
    after: 'CreateDistribution',
  }),
});
