import type { DescribeNetworkAclsRequest, DescribeNetworkAclsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { associationIdOf, type NetworkAcl, shownNetworkAcl, subnetIdsOf } from './network-acl.ts';

/** Describes the network ACLs of the region. */
export function describeNetworkAcls(ec2: Ec2): Operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult> {
  return {
    run({ NetworkAclIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const fields: Record<string, Field<NetworkAcl>> = {
        'association.association-id': (acl) => subnetIdsOf(region, acl).map(associationIdOf),
        'association.network-acl-id': (acl) => (subnetIdsOf(region, acl).length > 0 ? acl.networkAclId : undefined),
        'association.subnet-id': (acl) => subnetIdsOf(region, acl),
        default: () => true,
        'network-acl-id': ({ networkAclId }) => networkAclId,
        'owner-id': () => ec2.host.account,
        'vpc-id': ({ vpcId }) => vpcId,
      };
      const acls = NetworkAclIds?.length
        ? NetworkAclIds.map((id) => find(region.networkAcls, 'networkAcl', id))
        : region.networkAcls.values();
      const found = filtered(acls, Filters, { fields, tags: ({ networkAclId }) => region.tags.of(networkAclId) });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: NetworkAclIds, idsName: 'networkAclIds' });
      return { NetworkAcls: items.map((acl) => shownNetworkAcl(ec2, region, acl)), ...next };
    },
  };
}
