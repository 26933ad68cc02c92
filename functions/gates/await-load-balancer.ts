import { Resolver } from '../../aws/dns/resolver.ts';
import { targetsHealthy } from '../../resources/gates/targets-healthy/targets-healthy.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the load balancer is active and finds the instance healthy. */
export const awaitLoadBalancer = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(targetsHealthy, () => ({ newResolver, probes }));

export const handler = awaitLoadBalancer(() => new Resolver(), PROBES);
