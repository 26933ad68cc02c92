import { distributionDeployed } from '../../resources/gates/distribution-deployed/distribution-deployed.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until all edge locations serve the distribution as it was set. */
export const handler = gateStep(distributionDeployed, () => ({}));
