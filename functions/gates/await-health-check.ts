import { healthCheckObserved } from '../../resources/gates/health-check-observed/health-check-observed.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the checkers of Route 53 were seen to get an answer. */
export const handler = gateStep(healthCheckObserved, () => ({}));
