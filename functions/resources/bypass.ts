import { bypass } from '../../resources/bypass/bypass.ts';
import { prepareBypass } from '../../resources/bypass/prepare.ts';
import { readBypass } from '../../resources/bypass/read-function.ts';
import { removeBypass } from '../../resources/bypass/release.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Read from CloudFront itself, and not from what the ledger has of it. */
const stored: typeof bypass = { ...bypass, read: (look, scope) => bypass.read({ ...look, readBypass }, scope) };

/** The function that leads operators to the site while other viewers see its page. */
export const handler = byPhase({
  prepare: preparing('CreateBypass', stored, prepareBypass),
  release: releasing('RemoveBypass', { resource: stored, applying: removeBypass, after: 'CreateBypass' }),
});
