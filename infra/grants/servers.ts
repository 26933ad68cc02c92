import { ledger, ledgerOfStep } from './ledger.ts';
import { removeOurs, tagOnCreate } from './own-tags.ts';
import { arnHere, type GrantScope } from './scope.ts';
import { allow, anywhere, type FunctionGrants } from './statement.ts';

/** functions/servers/ */
export function serverGrants(scope: GrantScope): FunctionGrants {
  const step = ledgerOfStep(scope);
  const addresses = arnHere(scope, 'ec2', 'elastic-ip/*');
  return {
    'reserve-address': [
      step,
      ledger(scope, 'GetItem'),
      anywhere('ec2:DescribeAddresses'),
      allow([addresses], 'ec2:AllocateAddress'),
      allow(
        [addresses, arnHere(scope, 'ec2', 'instance/*'), arnHere(scope, 'ec2', 'network-interface/*')],
        'ec2:AssociateAddress',
      ),
      tagOnCreate([addresses], 'AllocateAddress'),
    ],
    'release-address': [
      step,
      ledger(scope, 'GetItem', 'DeleteItem'),
      anywhere('ec2:DescribeAddresses'),
      // "ec2:CreateTags" passes an address on to another site of the stack.
      removeOurs(scope, [addresses], 'ec2:DisassociateAddress', 'ec2:ReleaseAddress', 'ec2:CreateTags'),
    ],
  };
}
