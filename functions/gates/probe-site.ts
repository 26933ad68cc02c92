import { Resolver } from '../../aws/dns/resolver.ts';
import { probe } from '../../resources/gates/probe/probe.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Looks at every name as a viewer does. */
export const probeSite = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(probe, ({ remaining }) => ({ dns: newResolver(), probes, remaining }));

export const handler = probeSite(() => new Resolver(), PROBES);
