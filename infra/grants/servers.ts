import { hostedZones } from './hosted-zones.ts';
import { ledger, ledgerOfStep } from './ledger.ts';
import { onOurs, onOursWithOurTags, tagOnCreate, withOurTags } from './own-tags.ts';
import { arnHere, type GrantScope } from './scope.ts';
import { allow, anywhere, type FunctionGrants } from './statement.ts';

/** functions/servers/ */
export function serverGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const addresses = arnHere(scope, 'ec2', 'elastic-ip/*');
  const interfaces = arnHere(scope, 'ec2', 'network-interface/*');
  return {
    'reserve-address': [
      step,
      ledger(scope, 'GetItem'),
      // What the instance loses, which records lead there, and the tag of the tenant whose instance it is.
      anywhere('ec2:DescribeAddresses', 'ec2:DescribeInstances', 'route53:ListHostedZones'),
      allow(hostedZones(scope), 'route53:ListResourceRecordSets'),
      withOurTags(scope, [addresses], 'ec2:AllocateAddress'),
      tagOnCreate(scope, [addresses], 'AllocateAddress'),
      onOurs(scope, [addresses], 'ec2:AssociateAddress'),
      allow([arnHere(scope, 'ec2', 'instance/*'), interfaces], 'ec2:AssociateAddress'),
    ],
    'release-address': [
      step,
      ledger(scope, 'GetItem', 'DeleteItem'),
      anywhere('ec2:DescribeAddresses'),
      onOurs(scope, [addresses], 'ec2:DisassociateAddress', 'ec2:ReleaseAddress'),
      // The instance's interface bears no tag of ours.
      allow([interfaces], 'ec2:DisassociateAddress'),
      // Passes an address on to another site of the stack.
      onOursWithOurTags(scope, [addresses], 'ec2:CreateTags'),
    ],
  };
}
