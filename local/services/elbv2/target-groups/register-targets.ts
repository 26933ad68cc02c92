import { isIPv4 } from 'node:net';
import type {
  DeregisterTargetsInput,
  DeregisterTargetsOutput,
  RegisterTargetsInput,
  RegisterTargetsOutput,
  TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { dependentsOf } from '../dependents.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { findTargetGroup } from '../find.ts';
import { onOne } from '../permissions.ts';
import { checkTargets } from './checks.ts';
import { drain } from './drain.ts';
import { INITIAL } from './health.ts';
import { type Target, type TargetGroup, targetKey } from './target-group.ts';

// Source: Application Load Balancers User Guide, "Quotas"; ELB API reference, TargetDescription; checked 2026-11-22.
const TARGETS_PER_GROUP = 1_000;

/**
 * How long a registered target may not be listed, in seconds of AWS time. Source: public logs of clients that read a group
 * after registering; no figure of AWS; checked 2026-11-29.
 */
const UNLISTED = { min: 0.5, max: 6 };

const PRIVATE_ADDRESS = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Registers targets; one that is registered stays as it is, one that drains comes back. */
export function registerTargets(elb: Elb): Operation<RegisterTargetsInput, RegisterTargetsOutput> {
  return {
    ...onOne(elb, ({ TargetGroupArn }) => TargetGroupArn),
    dependents: (_, call) => dependentsOf(call),
    run({ TargetGroupArn, Targets = [] }, call) {
      const group = findTargetGroup(elb.region(call.region), TargetGroupArn);
      const wanted = Targets.map((target) => described(group, target));
      if (group.targetType === 'instance') checkInstances(elb, group, wanted);
      else checkAddresses(elb, group, wanted);
      const added = wanted.filter(({ key }) => !group.targets.has(key));
      if (group.targets.size + added.length > TARGETS_PER_GROUP) {
        throw new AwsError('TooManyTargets', 'The maximum number of targets has been reached');
      }
      for (const { key, id, port, zone: given } of wanted) {
        const known = group.targets.get(key);
        if (known && !known.draining) continue;
        known?.timer?.cancel();
        group.targets.set(key, { ...aTarget(id, port, listedAt(elb, key)), everyZone: given === 'all' });
      }
      checkTargets(elb, group);
      return {};
    },
  };
}

/** Takes targets out: they get no new requests, and are shown draining for the deregistration delay. */
export function deregisterTargets(elb: Elb): Operation<DeregisterTargetsInput, DeregisterTargetsOutput> {
  return {
    ...onOne(elb, ({ TargetGroupArn }) => TargetGroupArn),
    run({ TargetGroupArn, Targets = [] }, call) {
      const group = findTargetGroup(elb.region(call.region), TargetGroupArn);
      for (const { Id = '', Port } of Targets) {
        for (const [key, target] of group.targets) {
          if (target.id === Id && (Port === undefined || target.port === Port)) drain(elb, group, { key, target });
        }
      }
      return {};
    },
  };
}

/** When reads list a target that is registered now: a share of them later. */
function listedAt({ host: { clock, draws, lagShare = 0 } }: Elb, key: string): Date {
  const isLate = lagShare > 0 && draws.fraction('elb:register') < lagShare;
  return new Date(clock.now().getTime() + (isLate ? 1000 * draws.seconds('elb:register', key, UNLISTED) : 0));
}

const aTarget = (id: string, port: number, listed: Date): Target => ({
  id,
  port,
  checked: INITIAL.registering,
  against: 0,
  alike: 0,
  timer: undefined,
  restingUntil: undefined,
  draining: false,
  listedAt: listed,
});

function described(group: TargetGroup, { Id = '', Port, AvailabilityZone: zone }: TargetDescription): Wanted {
  const port = Port ?? group.port;
  return { key: targetKey(Id, port), id: Id, port, zone };
}

interface Wanted {
  key: string;
  id: string;
  port: number;
  /** The Availability Zone that the request gives. */
  zone: string | undefined;
}

function checkInstances(elb: Elb, { region, vpcId }: TargetGroup, wanted: Wanted[]): void {
  if (wanted.some(({ zone }) => zone !== undefined)) {
    throw invalid('You cannot specify an Availability Zone for targets of the type instance');
  }
  const ids = [...new Set(wanted.map(({ id }) => id))];
  const known = ids.map((id) => elb.network.instance(region.name, id));
  const complain = (why: string, wrong: string[]) => {
    if (wrong.length > 0) throw new AwsError('InvalidTarget', `${why}: ${wrong.map((id) => `'${id}'`).join(', ')}`);
  };
  complain(
    'The following targets are not valid instances',
    ids.filter((_, i) => !known[i]),
  );
  complain(
    'The following targets are not in a running state and cannot be registered',
    ids.filter((_, i) => known[i]?.state !== 'running'),
  );
  complain(
    `The following targets are not in the target group VPC '${vpcId}'`,
    ids.filter((_, i) => known[i]?.vpcId !== vpcId),
  );
}

/**
 * Of an address in a subnet of the VPC, ELB knows the zone; any other must be private, and is for all zones. What counts are the
 * subnets of the VPC, not its blocks. Source: ELB API reference, TargetDescription; messages in public issues of its clients
 * (aws-load-balancer-controller 561, 3084 and 3714, containers-roadmap 1107); checked 2026-11-30.
 */
function checkAddresses(elb: Elb, group: TargetGroup, wanted: Wanted[]): void {
  const { region, vpcId } = group;
  for (const { id, key, zone } of wanted) {
    if (!isIPv4(id)) throw invalid(`The IP address '${id}' is not a valid IPv4 address`);
    const own = elb.network.subnetOf(region.name, { vpcId, address: id })?.zone.name;
    if (own === undefined) checkOutside(id, zone);
    else if (zone !== undefined && zone !== own) {
      throw invalid(
        `The IP address '${id}' is within the VPC, and cannot have its Availability Zone overridden to '${zone}' from '${own}'`,
      );
    }
    // Source: User Guide, "Register targets with your target group", the deregistration delay of addresses; the code is an estimate.
    if (group.targets.get(key)?.draining) {
      throw new AwsError('InvalidTarget', `The IP address '${id}' is being deregistered and cannot be registered yet`);
    }
  }
}

function checkOutside(id: string, zone: string | undefined): void {
  if (!PRIVATE_ADDRESS.test(id)) {
    throw new AwsError('InvalidTarget', `The IP address '${id}' is not within the RFC 1918 or RFC 6598 ranges`);
  }
  if (zone === undefined) {
    throw invalid(`The Availability Zone is required for IP address '${id}' because it is not in the VPC`);
  }
  if (zone !== 'all') {
    throw invalid(
      `The Availability Zone for IP address '${id}' must be 'all' for Application Load Balancer target groups, when not within the VPC`,
    );
  }
}
