import { Resolver } from '../../aws/dns/resolver.ts';
import { pageAnswers } from '../../resources/gates/page-answers/page-answers.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { gateStep } from '../shared/steps/gate-step.ts';

/** Looks at the maintenance page before viewers are led to it. */
export const probePage = (newResolver: () => Resolver, probes: Probes) =>
  gateStep(pageAnswers, ({ remaining }) => ({ dns: newResolver(), probes, remaining }));

export const handler = probePage(() => new Resolver(), PROBES);
