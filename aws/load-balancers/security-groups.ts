import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type Filter,
  type IpPermission,
  type SecurityGroup as SecurityGroupShape,
} from '@aws-sdk/client-ec2';
import { tagFilters, tagList, tagRecord } from '../tags.ts';

export interface SecurityGroup {
  id: string;
  name: string;
  tags: Record<string, string>;
  /** What it lets in, as EC2 tells it. */
  permissions: IpPermission[];
}

/** The security group of that name in a VPC; undefined when there is none. */
export async function findSecurityGroup(
  ec2: EC2Client,
  { name, vpcId }: { name: string; vpcId: string },
): Promise<SecurityGroup | undefined> {
  const [found] = await describe(ec2, [
    { Name: 'group-name', Values: [name] },
    { Name: 'vpc-id', Values: [vpcId] },
  ]);
  return found;
}

/** The security groups of these ids, those of them that there are, in their order. */
export async function readSecurityGroups(ec2: EC2Client, ids: readonly string[]): Promise<SecurityGroup[]> {
  if (ids.length === 0) return [];
  const found = await describe(ec2, [{ Name: 'group-id', Values: [...ids] }]);
  return ids.flatMap((id) => found.find((group) => group.id === id) ?? []);
}

/** Makes a security group that lets nothing in. */
export async function createSecurityGroup(
  ec2: EC2Client,
  group: { name: string; vpcId: string; description: string; tags: Record<string, string> },
): Promise<SecurityGroup> {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: group.name,
      VpcId: group.vpcId,
      Description: group.description,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: tagList(group.tags) }],
    }),
  );
  if (!GroupId) throw new Error(`Cannot create the security group "${group.name}": the answer is empty`);
  return { id: GroupId, name: group.name, tags: group.tags, permissions: [] };
}

/** The security groups with all of these tags. */
export function listTaggedGroups(ec2: EC2Client, tags: Record<string, string>): Promise<SecurityGroup[]> {
  return describe(ec2, tagFilters(tags));
}

/** Deletes a security group; one that isn't there is deleted already. */
export async function deleteSecurityGroup(ec2: EC2Client, id: string): Promise<void> {
  try {
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidGroup.NotFound')) throw error;
  }
}

/** Tags a security group; its other tags stay. */
export async function tagSecurityGroup(
  ec2: EC2Client,
  { id, tags }: { id: string; tags: Record<string, string> },
): Promise<void> {
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(tags) }));
}

/** Takes tags off security groups and their rules, where they have these values. */
export async function untagSecurityGroup(
  ec2: EC2Client,
  { ids, tags }: { ids: string[]; tags: Record<string, string> },
): Promise<void> {
  await ec2.send(new DeleteTagsCommand({ Resources: ids, Tags: tagList(tags) }));
}

async function describe(ec2: EC2Client, Filters: Filter[]): Promise<SecurityGroup[]> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups.map(securityGroup);
}

function securityGroup({ GroupId = '', GroupName = '', Tags, IpPermissions = [] }: SecurityGroupShape): SecurityGroup {
  return { id: GroupId, name: GroupName, tags: tagRecord(Tags), permissions: IpPermissions };
}
