/** What is declared, below a domain of each run's own. */
export interface Scenario {
  /** The zone that stands in the account beforehand; without one, the product makes the domain's own. */
  zone: string | undefined;
  document(domain: string): object;
  /** The names that answer over https, and those that answer over http. */
  secure(domain: string): string[];
  plain(domain: string): string[];
}

/** Both edges: one in a zone that is somebody else's, one in a zone that is made. */
export const SCENARIOS = {
  'load-balancer': {
    zone: 'shops.test',
    document: (domain) => ({ domain, aliases: [`www.${domain}`], directName: `direct.${domain}` }),
    secure: (domain) => [domain, `www.${domain}`],
    plain: (domain) => [`direct.${domain}`],
  },
  direct: {
    zone: undefined,
    document: (domain) => ({ domain, edge: 'direct', aliases: [`www.${domain}`] }),
    secure: () => [],
    plain: (domain) => [domain, `www.${domain}`],
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
