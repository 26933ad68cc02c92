import type { Operation } from '../../wire/service.ts';
import { describeAccountAttributes } from './describe-account-attributes.ts';
import type { Ec2 } from './ec2.ts';
import { allocateAddress } from './elastic-ips/allocate-address.ts';
import { associateAddress } from './elastic-ips/associate-address.ts';
import { describeAddresses } from './elastic-ips/describe-addresses.ts';
import { disassociateAddress } from './elastic-ips/disassociate-address.ts';
import { releaseAddress } from './elastic-ips/release-address.ts';
import { attachInternetGateway, detachInternetGateway } from './gateways/attach-internet-gateway.ts';
import { createInternetGateway } from './gateways/create-internet-gateway.ts';
import { deleteInternetGateway } from './gateways/delete-internet-gateway.ts';
import { describeInternetGateways } from './gateways/describe-internet-gateways.ts';
import { attachVpnGateway, createVpnGateway } from './gateways/vpn-gateway.ts';
import { authorizeEgress, authorizeIngress } from './groups/authorize.ts';
import { createSecurityGroup } from './groups/create-security-group.ts';
import { deleteSecurityGroup } from './groups/delete-security-group.ts';
import { describeSecurityGroupRules } from './groups/describe-security-group-rules.ts';
import { describeSecurityGroups } from './groups/describe-security-groups.ts';
import { revokeEgress, revokeIngress } from './groups/revoke.ts';
import { describeImages } from './images/describe-images.ts';
import { describeInstanceTypeOfferings, describeInstanceTypes } from './instance-types/describe-instance-types.ts';
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './instances/change-state.ts';
import { describeInstanceStatus } from './instances/describe-instance-status.ts';
import { describeInstances } from './instances/describe-instances.ts';
import { describeInstanceAttribute, modifyInstanceAttribute } from './instances/instance-attributes.ts';
import { runInstances } from './instances/run-instances.ts';
import { describeNetworkInterfaces } from './interfaces/describe-network-interfaces.ts';
import { createKeyPair, importKeyPair } from './key-pairs/create-key-pair.ts';
import { deleteKeyPair, describeKeyPairs } from './key-pairs/describe-key-pairs.ts';
import { describeNetworkAcls } from './network-acls/describe-network-acls.ts';
import {
  describeManagedPrefixLists,
  getManagedPrefixListEntries,
} from './prefix-lists/describe-managed-prefix-lists.ts';
import { describeRegions } from './regions/describe-regions.ts';
import { associateRouteTable, disassociateRouteTable } from './routes/associate-route-table.ts';
import { createRouteTable } from './routes/create-route-table.ts';
import { deleteRouteTable } from './routes/delete-route-table.ts';
import { describeRouteTables } from './routes/describe-route-tables.ts';
import { createRoute, deleteRoute } from './routes/routes.ts';
import { createSubnet } from './subnets/create-subnet.ts';
import { deleteSubnet } from './subnets/delete-subnet.ts';
import { describeAvailabilityZones } from './subnets/describe-availability-zones.ts';
import { describeSubnets } from './subnets/describe-subnets.ts';
import { modifySubnetAttribute } from './subnets/modify-subnet-attribute.ts';
import { createTags, deleteTags } from './tags/create-tags.ts';
import { describeTags } from './tags/describe-tags.ts';
import { describeVolumes } from './volumes/describe-volumes.ts';
import { modifyVolume } from './volumes/modify-volume.ts';
import { createDefaultVpc } from './vpcs/create-default-vpc.ts';
import { createVpc } from './vpcs/create-vpc.ts';
import { deleteVpc } from './vpcs/delete-vpc.ts';
import { describeVpcs } from './vpcs/describe-vpcs.ts';
import { describeVpcAttribute, modifyVpcAttribute } from './vpcs/vpc-attributes.ts';

type Operations = Record<string, Operation<never, unknown>>;

/** Every operation of EC2 that is here, by its name. */
export const operationsOf = (ec2: Ec2): Operations => ({
  AllocateAddress: allocateAddress(ec2),
  AssociateAddress: associateAddress(ec2),
  AssociateRouteTable: associateRouteTable(ec2),
  AttachInternetGateway: attachInternetGateway(ec2),
  AttachVpnGateway: attachVpnGateway(ec2),
  AuthorizeSecurityGroupEgress: authorizeEgress(ec2),
  AuthorizeSecurityGroupIngress: authorizeIngress(ec2),
  CreateDefaultVpc: createDefaultVpc(ec2),
  CreateInternetGateway: createInternetGateway(ec2),
  CreateKeyPair: createKeyPair(ec2),
  CreateRoute: createRoute(ec2),
  CreateRouteTable: createRouteTable(ec2),
  CreateSecurityGroup: createSecurityGroup(ec2),
  CreateSubnet: createSubnet(ec2),
  CreateTags: createTags(ec2),
  CreateVpc: createVpc(ec2),
  CreateVpnGateway: createVpnGateway(ec2),
  DeleteInternetGateway: deleteInternetGateway(ec2),
  DeleteKeyPair: deleteKeyPair(ec2),
  DeleteRoute: deleteRoute(ec2),
  DeleteRouteTable: deleteRouteTable(ec2),
  DeleteSecurityGroup: deleteSecurityGroup(ec2),
  DeleteSubnet: deleteSubnet(ec2),
  DeleteTags: deleteTags(ec2),
  DeleteVpc: deleteVpc(ec2),
  DescribeAccountAttributes: describeAccountAttributes(),
  DescribeAddresses: describeAddresses(ec2),
  DescribeAvailabilityZones: describeAvailabilityZones(ec2),
  DescribeImages: describeImages(ec2),
  DescribeInstanceAttribute: describeInstanceAttribute(ec2),
  DescribeInstances: describeInstances(ec2),
  DescribeInstanceStatus: describeInstanceStatus(ec2),
  DescribeInstanceTypeOfferings: describeInstanceTypeOfferings(ec2),
  DescribeInstanceTypes: describeInstanceTypes(),
  DescribeInternetGateways: describeInternetGateways(ec2),
  DescribeKeyPairs: describeKeyPairs(ec2),
  DescribeManagedPrefixLists: describeManagedPrefixLists(),
  DescribeNetworkAcls: describeNetworkAcls(ec2),
  DescribeNetworkInterfaces: describeNetworkInterfaces(ec2),
  DescribeRegions: describeRegions(),
  DescribeRouteTables: describeRouteTables(ec2),
  DescribeSecurityGroupRules: describeSecurityGroupRules(ec2),
  DescribeSecurityGroups: describeSecurityGroups(ec2),
  DescribeSubnets: describeSubnets(ec2),
  DescribeTags: describeTags(ec2),
  DescribeVolumes: describeVolumes(ec2),
  DescribeVpcAttribute: describeVpcAttribute(ec2),
  DescribeVpcs: describeVpcs(ec2),
  DetachInternetGateway: detachInternetGateway(ec2),
  DisassociateAddress: disassociateAddress(ec2),
  DisassociateRouteTable: disassociateRouteTable(ec2),
  GetManagedPrefixListEntries: getManagedPrefixListEntries(),
  ImportKeyPair: importKeyPair(ec2),
  ModifyInstanceAttribute: modifyInstanceAttribute(ec2),
  ModifySubnetAttribute: modifySubnetAttribute(ec2),
  ModifyVolume: modifyVolume(ec2),
  ModifyVpcAttribute: modifyVpcAttribute(ec2),
  RebootInstances: rebootInstances(ec2),
  ReleaseAddress: releaseAddress(ec2),
  RevokeSecurityGroupEgress: revokeEgress(ec2),
  RevokeSecurityGroupIngress: revokeIngress(ec2),
  RunInstances: runInstances(ec2),
  StartInstances: startInstances(ec2),
  StopInstances: stopInstances(ec2),
  TerminateInstances: terminateInstances(ec2),
});
