import type { FaultRule } from '../../local/wire/faults.ts';
import type { CallSite } from './call-site.ts';
import { ANOTHER_ACCOUNT, PARTNERS_ZONE } from './surroundings/another-account.ts';
import { ANOTHER_PROVIDER, PROVIDERS_ZONE } from './surroundings/another-provider.ts';
import { IN_THE_WAY } from './surroundings/in-the-way.ts';
import { MENDED_LATE } from './surroundings/mended-late.ts';
import type { Surroundings } from './surroundings/surroundings.ts';

/** One thing that somebody asks of a site, or "nothing" where it goes on by itself, and how it ends when nothing goes wrong. */
export interface Act {
  ask:
    | 'declare'
    | 'nothing'
    | 'change'
    | 'resume'
    | 'undo'
    | 'delete'
    | 'cancel'
    | 'cancel and undo'
    | 'switch on'
    | 'switch off';
  ends: 'live' | 'held' | 'undone' | 'live with its page';
  /** The call sites to be struck that are the act's own; the others are another scenario's. Without, it is not struck. */
  owns?(site: CallSite): boolean;
  /** The instance is out of order while it goes on. */
  unhealthy?: boolean;
  /** ACM's events are lost, so that the step that waits finds the certificate by its own look. */
  eventsLost?: boolean;
  /** The first call of its kind is denied, so that a switch fails and is put back. */
  denied?: Pick<FaultRule, 'service' | 'operation'>;
  /** Goes on to the next act as soon as the site waits in this step. */
  until?: string;
  /** The name servers are taken out of the zone above first, so that ACM sees nothing, or a zone of ours can go. */
  undelegated?: boolean;
}

/** What is declared of a site, below a domain of each run's own. */
export interface Declared {
  document(domain: string): object;
  /** How its instance is reached, where not by default. */
  instance?: object;
  /** The names that answer over https, and those that answer over http. */
  secure(domain: string): string[];
  plain(domain: string): string[];
}

/** A site, and what becomes of it, act after act. */
export interface Scenario extends Declared {
  /** The zone that stands in the account beforehand; without one, the product makes the domain's own. */
  zone: string | undefined;
  /** What it is changed to by the act that changes it. */
  changed?: Declared;
  /** Who else has to do with its names. Default: nobody. */
  surroundings?: Surroundings;
  acts: readonly Act[];
}

const LOAD_BALANCER = {
  zone: 'shops.test',
  document: (domain: string) => ({
    domain,
    aliases: [`www.${domain}`],
    directName: `direct.${domain}`,
    onFailure: 'hold',
  }),
  secure: (domain: string) => [domain, `www.${domain}`],
  plain: (domain: string) => [`direct.${domain}`],
};

/** With one more alias, which takes another certificate. */
const WIDENED: Declared = {
  document: (domain) => ({ ...LOAD_BALANCER.document(domain), aliases: [`www.${domain}`, `shop.${domain}`] }),
  secure: (domain) => [domain, `www.${domain}`, `shop.${domain}`],
  plain: LOAD_BALANCER.plain,
};

/** Looked after at another path, which takes another target group. */
const LOOKED_AT_ELSEWHERE: Declared = { ...LOAD_BALANCER, instance: { healthPath: '/?well' } };

const all = (): boolean => true;
const by =
  (...callers: string[]) =>
  ({ caller }: CallSite): boolean =>
    callers.includes(caller);
const byUndo = ({ caller }: CallSite): boolean =>
  /^(?:Undo|ClaimUndo|Remove\w+|AwaitRemoval|Certificate|ElasticIp|Listener|LoadBalancer|SecurityGroup|TargetGroup|MarkUndone)$/.test(
    caller,
  );

/** What a DELETE asks and how its operation begins and ends; records, since they come first. The other resources are an undo's. */
const byLeaving = by('DeleteSite', 'SurveyRemoval', 'ClaimUndo', 'Record', 'AwaitRemoval', 'MarkUndone');

/** Takes the site back without a fault, so that the next run finds the world as this one did. */
const UNDO: Act = { ask: 'undo', ends: 'undone' };

/** The same by a DELETE, with the zone that was made for it. */
const DELETE: Act = { ask: 'delete', ends: 'undone', undelegated: true };

/** An onboarding that fails for an instance out of order, when all but the traffic stands. */
const FAILING: Act = { ask: 'declare', ends: 'held', unhealthy: true };

/**
 * Every operation, from each state that it may begin in: both edges, one in a zone that is somebody else's and one in a zone
 * that is made. The acts of one scenario are struck one fault each: an act begins only in the world that was
 * proven to be the one which the acts before leave without a fault.
 */
export const SCENARIOS = {
  'load-balancer': {
    ...LOAD_BALANCER,
    acts: [
      { ask: 'declare', ends: 'live', owns: all },
      { ...UNDO, owns: all },
    ],
  },
  direct: {
    zone: undefined,
    document: (domain: string) => ({ domain, edge: 'direct', aliases: [`www.${domain}`], onFailure: 'hold' }),
    secure: () => [],
    plain: (domain: string) => [domain, `www.${domain}`],
    acts: [
      { ask: 'declare', ends: 'live', owns: all },
      { ...DELETE, owns: all },
    ],
  },
  changed: {
    ...LOAD_BALANCER,
    changed: WIDENED,
    acts: [
      { ask: 'declare', ends: 'live' },
      { ask: 'change', ends: 'live', owns: all },
      { ...UNDO, owns: all },
    ],
  },
  'another health path': {
    ...LOAD_BALANCER,
    changed: LOOKED_AT_ELSEWHERE,
    acts: [
      { ask: 'declare', ends: 'live' },
      {
        ask: 'change',
        ends: 'live',
        owns: by('TargetGroup', 'Listener', 'AwaitLoadBalancer'),
      },
      UNDO,
    ],
  },
  adopted: {
    ...LOAD_BALANCER,
    surroundings: IN_THE_WAY,
    acts: [
      { ask: 'declare', ends: 'live', owns: all },
      { ...UNDO, owns: all },
    ],
  },
  'by a role': {
    zone: PARTNERS_ZONE,
    document: (domain: string) => ({ domain, edge: 'direct', aliases: [`www.${domain}`], onFailure: 'hold' }),
    secure: () => [],
    plain: (domain: string) => [domain, `www.${domain}`],
    surroundings: ANOTHER_ACCOUNT,
    acts: [
      { ask: 'declare', ends: 'live', owns: all },
      { ...UNDO, owns: all },
    ],
  },
  'entered by hand': {
    zone: PROVIDERS_ZONE,
    document: (domain: string) => ({ domain, aliases: [`www.${domain}`], onFailure: 'hold' }),
    secure: (domain: string) => [domain, `www.${domain}`],
    plain: () => [],
    surroundings: ANOTHER_PROVIDER,
    acts: [
      { ask: 'declare', ends: 'live', owns: all },
      { ...UNDO, owns: all },
    ],
  },
  switched: {
    ...LOAD_BALANCER,
    document: (domain: string) => ({ ...LOAD_BALANCER.document(domain), directName: undefined, failover: {} }),
    plain: () => [],
    acts: [
      // The resources of a failover are struck one by one.
      { ask: 'declare', ends: 'live', owns: by('AwaitOriginSync', 'AwaitHealthCheck', 'AwaitDistribution') },
      {
        ask: 'switch on',
        ends: 'live',
        denied: { service: 'route53', operation: 'ChangeResourceRecordSets' },
        owns: by('RevertSwitch', 'MarkNotSwitched'),
      },
      { ask: 'switch on', ends: 'live with its page', owns: all },
      { ask: 'switch off', ends: 'live', owns: all },
      UNDO,
    ],
  },
  'left half way': {
    ...LOAD_BALANCER,
    acts: [FAILING, { ask: 'delete', ends: 'undone', owns: byLeaving }],
  },
  'left in maintenance': {
    ...LOAD_BALANCER,
    document: (domain: string) => ({ ...LOAD_BALANCER.document(domain), directName: undefined, failover: {} }),
    plain: () => [],
    acts: [
      { ask: 'declare', ends: 'live' },
      { ask: 'switch on', ends: 'live with its page' },
      { ask: 'delete', ends: 'undone', owns: byLeaving },
    ],
  },
  'events lost': {
    ...LOAD_BALANCER,
    acts: [{ ask: 'declare', ends: 'live', eventsLost: true, owns: by('AwaitCertificate') }, UNDO],
  },
  'asked anew': {
    ...LOAD_BALANCER,
    zone: undefined,
    surroundings: MENDED_LATE,
    acts: [
      { ask: 'declare', ends: 'live', until: 'RequestCertificate' },
      { ask: 'nothing', ends: 'live', undelegated: true, owns: by('Certificate') },
      { ...UNDO, undelegated: true },
    ],
  },
  resumed: {
    ...LOAD_BALANCER,
    acts: [
      { ...FAILING, owns: ({ caller, service }) => caller === 'MarkFailed' || service === 'events' },
      { ask: 'resume', ends: 'live', owns: all },
      UNDO,
    ],
  },
  'declared again': { ...LOAD_BALANCER, acts: [FAILING, { ask: 'declare', ends: 'live', owns: all }, UNDO] },
  held: { ...LOAD_BALANCER, acts: [FAILING, { ...UNDO, owns: all }] },
  'undone by itself': {
    ...LOAD_BALANCER,
    document: (domain: string) => ({ ...LOAD_BALANCER.document(domain), onFailure: 'undo' }),
    acts: [
      {
        ...FAILING,
        ends: 'undone',
        owns: (site) => byUndo(site) || by('MarkFailed')(site) || site.service === 'events',
      },
    ],
  },
  cancelled: {
    ...LOAD_BALANCER,
    acts: [
      { ask: 'declare', ends: 'live', until: 'AwaitCertificate' },
      { ask: 'cancel', ends: 'held', owns: all },
      { ask: 'resume', ends: 'live', owns: by('ResumeSite') },
      UNDO,
    ],
  },
  'cancelled and undone': {
    ...LOAD_BALANCER,
    // Until somebody delegates again ACM issues nothing: however late a cancellation comes, it meets the same step.
    zone: undefined,
    acts: [
      { ask: 'declare', ends: 'live', until: 'AwaitCertificate' },
      { ask: 'cancel and undo', ends: 'undone', undelegated: true, owns: all },
    ],
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** The scenario, as any. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}

/** Every name that the site has at one time or another. */
export function namesOf({ changed, ...scenario }: Scenario, domain: string): { secure: string[]; plain: string[] } {
  const both = (names: 'secure' | 'plain') => [
    ...new Set([...scenario[names](domain), ...(changed?.[names](domain) ?? [])]),
  ];
  return { secure: both('secure'), plain: both('plain') };
}

/** "load-balancer, undo" */
export function actName(scenario: ScenarioName, act: number): string {
  return `${scenario}, ${scenarioOf(scenario).acts[act]?.ask}`;
}
