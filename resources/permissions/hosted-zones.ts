import type { GrantScope } from './scope.ts';
import type { Grant } from './statement.ts';

/** Every zone of the account: which of them is a site's is known once it is declared. */
export function hostedZones({ partition }: GrantScope): string[] {
  return [`arn:${partition}:route53:::hostedzone/*`];
}

/** Every change that has been sent to Route 53. */
export function recordChanges({ partition }: GrantScope): string[] {
  return [`arn:${partition}:route53:::change/*`];
}

/** A name that only a wildcard answers for gets copies of whatever the wildcard has: everything but NS, SOA and DS. */
const STAND_IN_TYPES = [
  'A',
  'AAAA',
  'CNAME',
  'TXT',
  'MX',
  'CAA',
  'SRV',
  'HTTPS',
  'SVCB',
  'TLSA',
  'SSHFP',
  'NAPTR',
  'PTR',
];

/** No function overwrites a record blindly: what stands is deleted as it was seen, or the batch fails. */
export function changeRecords(scope: GrantScope): Grant {
  return {
    actions: ['route53:ChangeResourceRecordSets'],
    resources: hostedZones(scope),
    conditions: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
        'route53:ChangeResourceRecordSetsRecordTypes': STAND_IN_TYPES,
      },
      // An absent key passes ForAllValues; see the IAM guide on multivalued context keys.
      Null: { 'route53:ChangeResourceRecordSetsActions': 'false' },
    },
  };
}
