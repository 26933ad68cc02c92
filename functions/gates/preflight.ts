import { Resolver } from '../../aws/dns/resolver.ts';
import { preflight as gate } from '../../resources/gates/preflight/preflight.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Looks at the edge under every name, before any viewer is sent there. */
export const preflight = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(gate, ({ remaining }) => ({ dns: newResolver(), probes, remaining }));

export const handler = preflight(() => new Resolver(), PROBES);
