import { Resolver } from '../../aws/dns/resolver.ts';
import { switchProbe } from '../../resources/gates/switch-probe/switch-probe.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Looks at every name as a viewer does, once traffic was moved. */
export const probeSwitch = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(switchProbe, ({ remaining }) => ({ dns: newResolver(), probes, remaining }));

export const handler = probeSwitch(() => new Resolver(), PROBES);
