import { createHash } from 'node:crypto';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { allowBlocks } from '../../aws/load-balancers/security-group-rules.ts';
import { createSecurityGroup } from '../../aws/load-balancers/security-groups.ts';
import { readParameter } from '../../aws/parameters/read-parameter.ts';
import { startInstance } from '../../aws/servers/change-instance-state.ts';
import { findLaunched } from '../../aws/servers/describe-instance.ts';
import { describeInstanceType } from '../../aws/servers/instance-type.ts';
import { runInstance } from '../../aws/servers/run-instance.ts';
import { Failure } from '../../domain/errors.ts';
import { waitedMs } from '../../domain/ledger/waited.ts';
import { ruleChanges, sourceOf } from '../../domain/load-balancers/access-rules.ts';
import { USUAL_WEB_SERVER } from '../../domain/origins/new-instance.ts';
import { instanceGroupName, ownerTags } from '../../domain/ownership.ts';
import { defaultUserData } from '../../domain/servers/default-user-data.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import { UNSEEN_MS } from '../eventual-consistency.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { type DesiredInstance, GROUP_TYPE, type InstanceGroup, isEnding, type SeenInstances, TYPE } from './changes.ts';
import { INSTANCE_RULE, instance } from './instance.ts';
import { launchProblem } from './launch-problem.ts';
import { madeInstance, madeInstanceGroup, standingInstances } from './standing.ts';

/** Creates the instance with its security group, or starts the one that was created before. */
export const createInstance: Applying<DesiredInstance, SeenInstances> = {
  standing: standingInstances,

  async apply({ verb, resource }, actual, doing) {
    const [desired] = instance.desired(doing.scope);
    const { place } = actual;
    if (!desired || !place) throw new Error(`Cannot create the ${resource.type} "${resource.name}": it is not desired`);
    if (resource.type === GROUP_TYPE) {
      const group = await createGroup(place.vpcId, doing);
      return {
        actual: withGroup(actual, group),
        message: `Created the security group "${resource.name}" (${group.id})`,
      };
    }
    if (resource.type === TYPE)
      return verb === 'update' ? start(actual, resource.id ?? '') : launch(desired, actual, doing);
    return openPorts(desired, actual, doing);
  },
};

function withGroup({ groups, place, ...actual }: SeenInstances, group: InstanceGroup): SeenInstances {
  const others = groups.filter(({ id }) => id !== group.id);
  return { ...actual, groups: [...others, group], ...(place && { place: { ...place, group } }) };
}

async function createGroup(vpcId: string, { scope: { owner }, keep }: Doing): Promise<InstanceGroup> {
  const name = instanceGroupName(owner.domain);
  const tags = ownerTags(owner);
  try {
    const description = `Instance of ${owner.domain}`;
    const { id } = await createSecurityGroup(client(EC2Client), { name, vpcId, description, tags });
    await keep(madeInstanceGroup(id, owner));
    return { id, tags, access: [] };
  } catch (error) {
    // Created before, its answer lost: the next run reads it and checks its tags.
    if (!isCode(error, 'InvalidGroup.Duplicate')) throw error;
    const message = `Waiting until DescribeSecurityGroups returns the security group "${name}"`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

/** All missing rules in one call. */
async function openPorts(
  { access }: DesiredInstance,
  actual: SeenInstances,
  { scope: { owner } }: Doing,
): Promise<Applied<SeenInstances>> {
  const group = groupOf(actual);
  const { add: rules } = ruleChanges(group.access, access);
  await allowBlocks(client(EC2Client), {
    groupId: group.id,
    rules,
    description: INSTANCE_RULE,
    lists: [],
    tags: ownerTags(owner),
  });
  const opened = rules.map((rule) => `port ${rule.port} to ${sourceOf(rule)}`).join(', ');
  return {
    actual: withGroup(actual, { ...group, access: [...group.access, ...rules] }),
    message: `Opened ${opened}`,
  };
}

function groupOf({ place }: SeenInstances): InstanceGroup {
  if (!place?.group) throw new Error('Cannot go on with the instance: it has no security group yet');
  return place.group;
}

async function start(actual: SeenInstances, id: string): Promise<Applied<SeenInstances>> {
  try {
    await startInstance(client(EC2Client), id);
  } catch (error) {
    if (!isCode(error, 'IncorrectInstanceState')) throw error;
    throw new Failure('NotReady', `Waiting until the instance "${id}" has stopped, to start it`, { cause: error });
  }
  const own = actual.own.map((each) => (each.id === id ? { ...each, state: 'pending' } : each));
  return { actual: { ...actual, own }, message: `Started the instance "${id}"` };
}

async function launch(desired: DesiredInstance, actual: SeenInstances, doing: Doing): Promise<Applied<SeenInstances>> {
  const launched = await launchStanding(desired, groupOf(actual), doing);
  await doing.keep(madeInstance(launched));
  const message = `Launched the instance "${launched.id}": ${desired.type}, Amazon Linux 2023, ${desired.diskGiB} GiB. A shell on it, once it has booted: aws ssm start-session --target ${launched.id}`;
  return { actual: { ...actual, own: [...actual.own, launched] }, message };
}

/** How often others may terminate what one operation has launched. */
const MOST_LAUNCHES = 3;

/** EC2 answers a token with what it has launched, also where that was terminated since: another one takes the next token. */
async function launchStanding(desired: DesiredInstance, group: InstanceGroup, doing: Doing): Promise<Instance> {
  for (let place = 0; place < MOST_LAUNCHES; place += 1) {
    const launched = await launchOnce(desired, group, { ...doing, token: tokenOf(doing, { group, place }) });
    if (launched && !isEnding(launched)) return launched;
  }
  const message = `Cannot create the instance of "${doing.scope.owner.domain}": ${MOST_LAUNCHES} were terminated while the site was onboarded. Another tool does so; have it leave them alone, then declare the site again`;
  throw new Failure('Misconfigured', message);
}

/** The token is the operation's: a launch whose answer was lost is not made again (failures W7). Undefined where its instance is gone. */
async function launchOnce(
  desired: DesiredInstance,
  group: InstanceGroup,
  { scope: { owner, now }, environment, previous, revision, token }: Doing & { token: string },
): Promise<Instance | undefined> {
  const { instanceProfile: profile } = environment;
  if (profile === undefined) throw new Error('Cannot launch an instance: the function is told no profile for it');
  const ec2 = client(EC2Client);
  try {
    return await runInstance(ec2, {
      token,
      imageId: await newestImage(desired),
      rootDevice: '/dev/xvda',
      type: desired.type,
      diskGiB: desired.diskGiB,
      key: desired.key,
      userData: desired.userData ?? defaultUserData(owner.domain, desired.server ?? USUAL_WEB_SERVER),
      subnetId: desired.subnet,
      groupId: group.id,
      profile,
      tags: { ...desired.tags, ...ownerTags(owner) },
    });
  } catch (error) {
    // The image may be another by now.
    if (!isCode(error, 'IdempotentParameterMismatch')) throw launchProblem(error, desired);
    const found = await findLaunched(ec2, token);
    // A terminated one is forgotten after an hour, its token is not.
    if (found || waitedMs(previous, { revision, now }) > UNSEEN_MS) return found;
    throw new Failure('NotReady', 'Waiting until DescribeInstances returns the instance that was launched', {
      cause: error,
    });
  }
}

/** The group, which goes with the instance, is another one in another life of the site. */
function tokenOf(
  { scope: { owner }, revision }: Doing,
  { group, place }: { group: InstanceGroup; place: number },
): string {
  const of = [owner.stack, owner.domain, revision, group.id, place];
  return createHash('sha256').update(of.join(' ')).digest('hex');
}

/** @throws {Failure} "Misconfigured" for a type that the region does not have */
async function newestImage({ type }: DesiredInstance): Promise<string> {
  const found = await describeInstanceType(client(EC2Client), type);
  const architecture = ['arm64', 'x86_64'].find((each) => found?.architectures.includes(each));
  if (architecture === undefined) {
    throw new Failure('Misconfigured', `Cannot launch the instance: the region has no type "${type}". Declare another`);
  }
  const name = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
  const imageId = await readParameter(client(SSMClient), name);
  if (imageId !== undefined) return imageId;
  throw new Failure('Misconfigured', `Cannot launch the instance: AWS publishes no image as "${name}" in this region`);
}
