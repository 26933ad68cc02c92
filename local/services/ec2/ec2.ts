import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import type { InstanceProfiles } from '../iam/service.ts';
import { AddressPlan } from './address-plan.ts';
import type { Instance } from './instances/instance.ts';
import type { NetworkInterface } from './interfaces/network-interface.ts';
import { Region } from './region.ts';

/** Everything EC2 knows: what its operations share. */
export class Ec2 {
  readonly host: Host;
  readonly internet: Internet;
  readonly profiles: InstanceProfiles;
  readonly plan = new AddressPlan();
  /** Interfaces by each address that they answer under; `leave` takes the address out of the small internet. */
  readonly byAddress = new Map<string, { networkInterface: NetworkInterface; leave: () => void }>();
  readonly #regions = new Map<string, Region>();
  readonly #watchers: ((instance: Instance) => void)[] = [];
  readonly #changeWatchers: (() => void)[] = [];

  constructor(host: Host, { internet, profiles }: { internet: Internet; profiles: InstanceProfiles }) {
    this.host = host;
    this.internet = internet;
    this.profiles = profiles;
  }

  region(name: string): Region {
    const known = this.#regions.get(name);
    if (known) return known;
    const region = new Region(name);
    this.#regions.set(name, region);
    return region;
  }

  /** In whichever region it is: instance ids are unique. */
  instance(instanceId: string): Instance | undefined {
    for (const { instances } of this.#regions.values()) {
      const instance = instances.get(instanceId);
      if (instance) return instance;
    }
    return undefined;
  }

  /** The interface has other addresses than before: its instance's web server listens there. */
  readdressed({ attachment }: NetworkInterface): void {
    if (attachment.instanceId) this.instance(attachment.instanceId)?.web.refresh();
  }

  /** Calls `watcher` whenever an instance's state has changed. */
  watch(watcher: (instance: Instance) => void): void {
    this.#watchers.push(watcher);
  }

  changed(instance: Instance): void {
    for (const watcher of this.#watchers) watcher(instance);
  }

  /** Calls `watcher` whenever what answers where, or who may reach it, may have changed. */
  watchChanges(watcher: () => void): void {
    this.#changeWatchers.push(watcher);
  }

  mayHaveChanged(): void {
    for (const watcher of this.#changeWatchers) watcher();
  }
}
