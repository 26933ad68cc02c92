import type { InstanceStateName } from '@aws-sdk/client-ec2';
import type { Ec2 } from '../ec2.ts';
import { detachInterface, removePublicAddress, setPublicAddress } from '../interfaces/attach.ts';
import { routesToInternet } from '../routes/route-table.ts';
import { leaveVolume } from '../volumes/volume.ts';
import { type Instance, instanceArn } from './instance.ts';

/** Seconds that an instance takes, drawn per instance. Seen with small Linux instances; AWS states none. Checked 2026-11-22. */
const DELAYS = {
  running: { min: 8, max: 20 },
  booted: { min: 15, max: 30 },
  installed: { min: 10, max: 25 },
  checked: { min: 90, max: 150 },
  stopped: { min: 20, max: 45 },
  terminated: { min: 20, max: 45 },
} as const;

/** How long a terminated instance is still described. Source: EC2 User Guide, "Terminate instances"; checked 2026-11-22. */
const REMEMBERED_SECONDS = 3_600;

/** From nothing or from stopped: pending, running, booted. */
export function launch(ec2: Ec2, instance: Instance): void {
  const { networkInterface } = instance;
  instance.launchedAt = ec2.host.clock.now();
  instance.stateReason = { Code: 'pending', Message: 'pending' };
  instance.transitionReason = '';
  if (networkInterface.wantsPublicAddress && !networkInterface.publicAddress) {
    setPublicAddress(ec2, instance.region, networkInterface, { address: ec2.plan.takePublic(), owner: 'amazon' });
  }
  become(ec2, instance, 'pending');
  later(ec2, instance, 'running', () => {
    instance.stateReason = undefined;
    networkInterface.up = true;
    become(ec2, instance, 'running');
    boot(ec2, instance);
  });
}

/** The web server is back after a boot; the status checks follow. */
export function boot(ec2: Ec2, instance: Instance): void {
  for (const timer of instance.timers.splice(0)) timer.cancel();
  instance.web.stop();
  endAgent(ec2, instance);
  instance.checkedAt = undefined;
  later(ec2, instance, 'booted', () => booted(ec2, instance));
  later(ec2, instance, 'checked', () => {
    instance.checkedAt = ec2.host.clock.now();
  });
}

/** cloud-init installs the web server at the first boot, where Amazon's repository is reached. It runs then, or at each boot. */
function booted(ec2: Ec2, instance: Instance): void {
  const { image, web } = instance;
  const isFirst = !instance.hasBooted;
  instance.hasBooted = true;
  if (image.parameter !== undefined) instance.agent = { since: ec2.host.clock.now() };
  if (image.hasWebServer) web.start();
  else if (!isFirst) {
    if (instance.isInstalled && web.service === 'enabled') web.start();
  } else if (web.service !== 'absent') {
    later(ec2, instance, 'installed', () => {
      instance.isInstalled = reachesInternet(instance);
      if (instance.isInstalled && web.service !== 'installed') web.start();
    });
  }
}

/** Any address outside: Amazon's repositories are public. */
const OUTSIDE = '198.51.100.1';

/** Whether it reaches what is public: by an address of its own, and a route. */
export const reachesInternet = ({ region, networkInterface: { publicAddress, subnet } }: Instance): boolean =>
  publicAddress !== undefined && routesToInternet(region, subnet, OUTSIDE);

/** Amazon's public address goes; an Elastic IP stays. */
export function stop(ec2: Ec2, instance: Instance): void {
  end(ec2, instance, 'stopping');
  later(ec2, instance, 'stopped', () => {
    if (instance.networkInterface.publicAddress?.owner === 'amazon') {
      removePublicAddress(ec2, instance.region, instance.networkInterface);
    }
    become(ec2, instance, 'stopped');
  });
}

/** Ends an instance: its network goes with it, its description stays for an hour. */
export function terminate(ec2: Ec2, instance: Instance): void {
  end(ec2, instance, 'shutting-down');
  later(ec2, instance, 'terminated', () => {
    detachInterface(ec2, instance.region, instance.networkInterface);
    leaveVolume(instance.region, instance.volume);
    become(ec2, instance, 'terminated');
    ec2.host.clock.after(REMEMBERED_SECONDS * 1000, () => {
      instance.region.instances.delete(instance.instanceId);
      instance.region.tags.forget(instance.instanceId);
    });
  });
}

function end(ec2: Ec2, instance: Instance, state: 'stopping' | 'shutting-down'): void {
  for (const timer of instance.timers.splice(0)) timer.cancel();
  const at = ec2.host.clock.now().toISOString().slice(0, 19).replace('T', ' ');
  instance.transitionReason = `User initiated (${at} GMT)`;
  instance.stateReason = {
    Code: 'Client.UserInitiatedShutdown',
    Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  instance.web.stop();
  endAgent(ec2, instance);
  instance.networkInterface.up = false;
  instance.checkedAt = undefined;
  become(ec2, instance, state);
}

function endAgent({ host: { clock } }: Ec2, { agent }: Instance): void {
  if (agent) agent.until ??= clock.now();
}

function become(ec2: Ec2, instance: Instance, state: InstanceStateName): void {
  instance.state = state;
  ec2.host.emit({
    source: 'aws.ec2',
    detailType: 'EC2 Instance State-change Notification',
    region: instance.region.name,
    resources: [instanceArn(ec2, instance)],
    detail: { 'instance-id': instance.instanceId, state },
  });
  ec2.changed(instance);
}

function later(ec2: Ec2, instance: Instance, what: keyof typeof DELAYS, act: () => void): void {
  const seconds = ec2.host.draws.seconds(`ec2:${what}`, instance.instanceId, DELAYS[what]);
  instance.timers.push(ec2.host.clock.after(seconds * 1000, act));
}
