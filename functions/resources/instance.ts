import { createInstance } from '../../resources/instance/create.ts';
import { instance } from '../../resources/instance/instance.ts';
import { removeInstance } from '../../resources/instance/release.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Creates the instance of a site, and terminates it when nothing of the site is to be left. */
export const handler = byPhase({
  prepare: preparing('CreateInstance', instance, createInstance),
  release: releasing('RemoveInstance', { resource: instance, applying: removeInstance, after: 'CreateInstance' }),
});
