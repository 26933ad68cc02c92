import { recordsRemoved } from '../../resources/gates/records-removed/records-removed.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until no name server answers with the records any more. */
export const handler = gateStep(recordsRemoved, () => ({}));
