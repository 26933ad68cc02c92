import { hostedZones } from '../permissions/hosted-zones.ts';
import { ledger, ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, onOursWithOurTags, tagOnCreate, withOurTags } from '../permissions/own-tags.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function elasticIpPermissions(scope: GrantScope): Grant[] {
  const addresses = arnHere(scope, 'ec2', 'elastic-ip/*');
  const interfaces = arnHere(scope, 'ec2', 'network-interface/*');
  return [
    ledgerOfStep(scope),
    ledger(scope, 'GetItem', 'DeleteItem'),
    // What the instance loses, which records lead there, and the tag of the tenant whose instance it is.
    anywhere('ec2:DescribeAddresses', 'ec2:DescribeInstances', 'route53:ListHostedZones'),
    allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
    withOurTags(scope, [addresses], 'ec2:AllocateAddress'),
    tagOnCreate(scope, [addresses], 'AllocateAddress'),
    onOurs(scope, [addresses], 'ec2:AssociateAddress', 'ec2:DisassociateAddress', 'ec2:ReleaseAddress'),
    allow([arnHere(scope, 'ec2', 'instance/*')], 'ec2:AssociateAddress'),
    // The instance's interface bears no tag of ours.
    allow([interfaces], 'ec2:AssociateAddress', 'ec2:DisassociateAddress'),
    // One that is kept is nobody's.
    onOurs(scope, [addresses], 'ec2:DeleteTags'),
    // Passes an address on to another site of the stack.
    onOursWithOurTags(scope, [addresses], 'ec2:CreateTags'),
  ];
}
