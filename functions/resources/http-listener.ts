import { httpListener } from '../../resources/listener/http-listener.ts';
import { prepareHttpListener } from '../../resources/listener/prepare-http.ts';
import { byPhase, preparing } from '../shared/steps/resource-step.ts';

/** Gives the site the listener on port 80, which redirects to HTTPS, or makes sure that nothing else answers there. */
export const handler = byPhase({ prepare: preparing('CreateHttpListener', httpListener, prepareHttpListener) });
