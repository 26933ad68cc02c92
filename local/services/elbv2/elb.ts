import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import type { AwsNames } from './aws-names.ts';
import type { Certificates } from './certificates.ts';
import type { Network } from './network.ts';
import { Region } from './region.ts';

/** What load balancers stand on. */
interface Surroundings {
  internet: Internet;
  network: Network;
  certificates: Certificates;
  awsNames: AwsNames;
}

/** Everything Elastic Load Balancing knows: what its operations share. */
export class Elb {
  readonly host: Host;
  readonly internet: Internet;
  readonly network: Network;
  readonly certificates: Certificates;
  readonly awsNames: AwsNames;
  readonly #regions = new Map<string, Region>();
  readonly #changeWatchers: (() => void)[] = [];

  constructor(host: Host, { internet, network, certificates, awsNames }: Surroundings) {
    this.host = host;
    this.internet = internet;
    this.network = network;
    this.certificates = certificates;
    this.awsNames = awsNames;
    network.watchChanges(() => this.mayHaveChanged());
  }

  /** Calls `watcher` whenever a health check may come out otherwise than before. */
  watchChanges(watcher: () => void): void {
    this.#changeWatchers.push(watcher);
  }

  mayHaveChanged(): void {
    for (const watcher of this.#changeWatchers) watcher();
  }

  region(name: string): Region {
    const known = this.#regions.get(name);
    if (known) return known;
    const region = new Region(name);
    this.#regions.set(name, region);
    return region;
  }

  get regions(): Iterable<Region> {
    return this.#regions.values();
  }

  arn(region: Region, resource: string): string {
    return `arn:aws:elasticloadbalancing:${region.name}:${this.host.account}:${resource}`;
  }
}
