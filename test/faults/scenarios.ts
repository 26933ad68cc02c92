import type { CallSite } from './call-site.ts';

/** An operation to be struck by faults: what is declared, below a domain of each run's own, and how it goes. */
export interface Scenario {
  /** The zone that stands in the account beforehand; without one, the product makes the domain's own. */
  zone: string | undefined;
  document(domain: string): object;
  /** The names that answer over https, and those that answer over http. */
  secure(domain: string): string[];
  plain(domain: string): string[];
  /** Which operation meets the fault when the instance is out of order at first: the one that fails, or the next one. */
  unhealthyFirst?: 'strike the failing one' | 'strike the next one';
  /** Whether ACM's events are lost, so that the step that waits finds the certificate by its own look. */
  eventsLost?: boolean;
  /** The call sites that are the scenario's own; the others are another's. Default: all. */
  owns?(site: CallSite): boolean;
}

const LOAD_BALANCER: Scenario = {
  zone: 'shops.test',
  document: (domain) => ({
    domain,
    aliases: [`www.${domain}`],
    directName: `direct.${domain}`,
    onFailure: 'hold',
  }),
  secure: (domain) => [domain, `www.${domain}`],
  plain: (domain) => [`direct.${domain}`],
};

/**
 * Both edges, one in a zone that is somebody else's and one in a zone that is made; one that ACM's events
 * don't reach; one that fails, and its resume.
 */
export const SCENARIOS = {
  'load-balancer': LOAD_BALANCER,
  direct: {
    zone: undefined,
    document: (domain: string) => ({ domain, edge: 'direct', aliases: [`www.${domain}`], onFailure: 'hold' }),
    secure: () => [],
    plain: (domain: string) => [domain, `www.${domain}`],
  },
  'events lost': { ...LOAD_BALANCER, eventsLost: true, owns: ({ caller }: CallSite) => caller === 'AwaitCertificate' },
  failing: {
    ...LOAD_BALANCER,
    unhealthyFirst: 'strike the failing one',
    owns: ({ caller, service }: CallSite) => caller === 'MarkFailed' || service === 'events',
  },
  resumed: { ...LOAD_BALANCER, unhealthyFirst: 'strike the next one' },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
