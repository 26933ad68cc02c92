import type { Tag } from '@aws-sdk/client-route-53';
import { TokenBucket } from '../../clock/token-bucket.ts';
import type { AwsNames } from '../../dns/aws-names.ts';
import type { DomainName } from '../../dns/domain-name.ts';
import type { NameServer } from '../../dns/name-server.ts';
import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import { Changes } from './changes.ts';
import { noSuchHostedZone, rateExceeded } from './errors.ts';
import type { Lookup } from './health-checks/checking.ts';
import { HealthChecks } from './health-checks/health-checks.ts';
import type { Metrics } from './health-checks/metrics.ts';
import type { HostedZone } from './hosted-zone.ts';
import { CHANGE_RATE } from './quotas.ts';

export interface Route53Options {
  /** Name servers to put zones on. */
  nameServers: {
    assign(zone: DomainName): NameServer[] | undefined;
    release(zone: DomainName, servers: NameServer[]): void;
  };
  /** What aliases may lead to. */
  awsNames: AwsNames;
  /** Where health checkers probe. */
  internet: Internet;
  /** What health checkers look names up with. */
  freshResolver: { resolve: Lookup };
  /** Where health checks report to, and read alarms. */
  metrics?: Metrics;
  /**
   * Other accounts whose health checks records may follow. Source: AWS re:Post knowledge center, "route-53-cross-account-health-checks";
   * checked 2026-11-30.
   */
  healthOf?: readonly { healthChecks: HealthChecks }[];
  /** Hears of every new public zone. */
  registrar?: { zoneCreated(zone: { name: string; nameServers: string[] }): void };
}

/** The state of Route 53; it is global, one for all regions. */
export class Route53 {
  readonly host: Host;
  readonly options: Route53Options;
  readonly changes: Changes;
  readonly zones = new Map<string, HostedZone>();
  readonly tags = new Map<string, Tag[]>();
  readonly healthChecks: HealthChecks;
  readonly #changeBucket: TokenBucket;

  constructor(host: Host, options: Route53Options) {
    this.host = host;
    this.options = options;
    this.changes = new Changes(host);
    const { internet, freshResolver, metrics } = options;
    const resolve: Lookup = (name, type) => freshResolver.resolve(name, type);
    this.healthChecks = new HealthChecks(host, { internet, resolve, ...(metrics && { metrics }) });
    this.#changeBucket = new TokenBucket(host.clock, CHANGE_RATE);
  }

  /** The zone with an id, with or without "/hostedzone/" before it. Throws NoSuchHostedZone. */
  zone(id: string | undefined): HostedZone {
    const zone = this.zones.get(plainId(id));
    if (!zone) throw noSuchHostedZone(plainId(id));
    return zone;
  }

  /** All health checks that a record may follow. */
  get followed(): HealthChecks[] {
    return [this.healthChecks, ...(this.options.healthOf ?? []).map(({ healthChecks }) => healthChecks)];
  }

  /** Takes tokens from the account's bucket for changes. Throws Throttling when they aren't there. */
  spend(tokens: number): void {
    if (!this.#changeBucket.take(tokens)) throw rateExceeded();
  }
}

/** "/hostedzone/Z1" and "Z1" mean the same. */
export function plainId(id: string | undefined): string {
  return (id ?? '').replace(/^\/?(hostedzone|change)\//, '');
}

/** The ARN of a zone as policies name it: without region and account. */
export const zoneArn = (id: string | undefined): string => `arn:aws:route53:::hostedzone/${plainId(id)}`;
