import { instanceRunning } from '../../resources/gates/instance-running/instance-running.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the instance that was created runs. */
export const handler = gateStep(instanceRunning, () => ({}));
