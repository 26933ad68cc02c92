import { Resolver } from '../../aws/dns/resolver.ts';
import { lookAtOrigin } from '../../aws/origins/look-at-origin.ts';
import { originReady } from '../../resources/gates/origin-ready/origin-ready.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the origin itself shows its client a certificate that it accepts. */
export const checkOrigin = (newResolver: () => Resolver, look: typeof lookAtOrigin) =>
  gateStep(originReady, ({ remaining }) => ({ dns: newResolver(), lookAtOrigin: look, remaining }));

export const handler = checkOrigin(() => new Resolver(), lookAtOrigin);
