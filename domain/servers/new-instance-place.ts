import { type NewInstance, USUAL_WEB_SERVER } from '../origins/new-instance.ts';
import type { FieldError } from '../problems/problem.ts';
import type { Instance, Subnet } from './instance.ts';

const POINTER = '#/origin/newInstance';

export function noSuchType(type: string): FieldError {
  const detail = `Cannot launch a "${type}": this region has no such instance type; name another, such as "t4g.micro"`;
  return { pointer: `${POINTER}/type`, detail };
}

export function noSuchKey(key: string): FieldError {
  const detail = `Cannot find the key pair "${key}" in this account and region; check the name, import it (aws ec2 import-key-pair), or leave it out`;
  return { pointer: `${POINTER}/key`, detail };
}

/**
 * The subnet that an instance is launched in: the one that is named, or the public one with the most free addresses whose zone offers
 * its type. It reaches its packages, and takes an Elastic IP, by a route to an internet gateway.
 */
export function choosePlace(
  found: readonly Subnet[],
  {
    type,
    zones,
    subnet,
    named,
  }: { type: string; zones: readonly string[]; subnet: string | undefined; named: boolean },
): { subnet?: string; errors: FieldError[] } {
  const [chosen] = found
    .filter((each) => each.public && zones.includes(each.zone) && each.freeAddresses > 0)
    .sort((one, other) => other.freeAddresses - one.freeAddresses || one.id.localeCompare(other.id));
  if (chosen) return { subnet: chosen.id, errors: [] };
  const needed = `a public subnet with a free address in a zone that offers ${type} (${[...zones].sort().join(', ')})`;
  const detail =
    subnet !== undefined
      ? `Cannot launch the instance in "${subnet}": it must be ${needed}; name another`
      : named
        ? `Cannot launch the instance in any of the subnets of the load balancer: it needs ${needed}; name one`
        : `Cannot choose where to launch the instance: the default VPC of this region is missing, or has no such subnet, and it needs ${needed}; name one, or make that VPC (aws ec2 create-default-vpc)`;
  return { errors: [{ pointer: `${POINTER}/subnet`, detail }] };
}

interface Standing {
  standing: Instance;
  /** What the site has declared of it. */
  earlier: NewInstance | undefined;
  /** The size of its disk, where that was read: only one that differs from what was declared needs it. */
  diskGiB?: number | undefined;
}

/** What another instance would be needed for: one that stands has data, and is not replaced. */
export function changedInstance(
  { type, key, subnet, diskGiB: wantedGiB, image, server, tags = {} }: NewInstance,
  { standing, earlier, diskGiB }: Standing,
): FieldError[] {
  const installed = earlier && earlier.userData === undefined ? (earlier.server ?? USUAL_WEB_SERVER) : server;
  const facts: [keyof NewInstance, unknown, unknown, string][] = [
    ['type', type, standing.type, 'change it yourself while the instance is stopped, then declare it'],
    ['key', key, standing.key, 'add the key on the instance'],
    ['subnet', subnet ?? standing.subnetId, standing.subnetId, 'leave it out'],
    ['image', image, earlier?.image ?? image, 'upgrade the instance'],
    ['server', server ?? installed, installed, 'install it on the instance, and leave this as it was'],
  ];
  const another = facts
    .filter(([, wanted, actual]) => wanted !== actual)
    .map(([field, wanted, actual, instead]) => ({
      pointer: `${POINTER}/${field}`,
      detail: `Cannot change "${field}" of the instance "${standing.id}" from ${said(actual)} to ${said(wanted)}: that takes another instance, without what is on its disk; ${instead}`,
    }));
  const installs = earlier?.userData !== undefined && server !== undefined;
  return [
    ...another,
    ...(installs ? [installsItsOwn(server, standing)] : []),
    ...changedDisk(wantedGiB, { standing, earlier, diskGiB }),
    ...changedTags(tags, { standing, earlier: earlier?.tags ?? {} }),
  ];
}

function installsItsOwn(server: string, { id }: Instance): FieldError {
  const detail = `Cannot install ${said(server)} on the instance "${id}": it was launched with user data of its own, which installed what it says; install it on the instance, and leave this out`;
  return { pointer: `${POINTER}/server`, detail };
}

/** The size that the disk has by now is as good as the one that was declared: a person has grown it. */
function changedDisk(wanted: number, { standing: { id, volumeIds }, earlier, diskGiB }: Standing): FieldError[] {
  const actual = diskGiB ?? earlier?.diskGiB ?? wanted;
  if (wanted === actual || wanted === earlier?.diskGiB) return [];
  const [volume = ''] = volumeIds;
  const detail =
    wanted < actual
      ? `Cannot shrink the disk ${volume} of the instance "${id}" from ${actual} to ${wanted} GiB: EBS has no way to; declare ${actual}`
      : `Cannot grow the disk ${volume} of the instance "${id}" from ${actual} to ${wanted} GiB: its file system has to grow too, which is done on the instance; run "aws ec2 modify-volume --volume-id ${volume} --size ${wanted}", restart the instance, then declare it`;
  return [{ pointer: `${POINTER}/diskGiB`, detail }];
}

/** Tags are set at the launch: what has changed since may be what others rely on, and was put there by whoever may. */
function changedTags(
  wanted: Record<string, string>,
  {
    standing: { id, tags, volumeIds, networkInterfaceId },
    earlier,
  }: { standing: Instance; earlier: Record<string, string> },
): FieldError[] {
  const changed = [...new Set([...Object.keys(wanted), ...Object.keys(earlier)])].filter(
    (key) => wanted[key] !== earlier[key] && wanted[key] !== tags[key],
  );
  if (changed.length === 0) return [];
  const parts = [id, ...volumeIds, networkInterfaceId].join(' ');
  const detail = `Cannot change the tags of the instance "${id}", which it was launched with: ${changed.map((key) => JSON.stringify(key)).join(', ')} stand otherwise on it; change them yourself (aws ec2 create-tags or delete-tags --resources ${parts}), then declare them`;
  return [{ pointer: `${POINTER}/tags`, detail }];
}

const said = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
