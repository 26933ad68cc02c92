import { listener } from '../../resources/listener/listener.ts';
import { moveListener } from '../../resources/listener/move.ts';
import { prepareListener } from '../../resources/listener/prepare.ts';
import { releaseListeners } from '../../resources/listener/release.ts';
import { byPhase, preparing, releasing, shifting } from '../shared/steps/resource-step.ts';

/** Gives the site the listener on port 443, moves it once its target is healthy, and deletes those that it no longer uses. */
export const handler = byPhase({
  prepare: preparing('AttachCertificate', listener, prepareListener),
  shift: shifting('MoveListener', { resource: listener, applying: moveListener }),
  release: releasing('RemoveListeners', { resource: listener, applying: releaseListeners, after: 'AttachCertificate' }),
});
