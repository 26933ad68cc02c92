import { Resolver } from '../../aws/dns/resolver.ts';
import { serverAnswers as gate } from '../../resources/gates/server-answers/server-answers.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Waits until the server has its certificate: a person sets it up. */
export const awaitServer = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(gate, ({ remaining }) => ({ dns: newResolver(), probes, remaining }));

export const handler = awaitServer(() => new Resolver(), PROBES);
