import { silent } from '../../../support/probes.ts';
import type { Cause, Looked } from './cause.ts';

const denied = { Egress: false, RuleNumber: 50, RuleAction: 'deny', Protocol: '6' } as const;
const PORT_80 = { From: 80, To: 80 };

/** What may keep viewers and load balancer from the instance. */
export const instanceCauses = ({ account }: Looked): Cause[] => [
  {
    check: 'networkAclBlocks',
    severity: 'error',
    when: 'a network ACL denies the port to the other subnet',
    cause: () => account.aclIs({ ...denied, CidrBlock: '10.0.1.0/24', PortRange: PORT_80 }),
    fix: 'Add an inbound rule with a lower number that allows it',
  },
  {
    check: 'networkAclBlocks',
    severity: 'error',
    when: 'a network ACL denies the answers',
    cause: () =>
      account.aclIs({ ...denied, Egress: true, CidrBlock: '10.0.0.0/16', PortRange: { From: 32_768, To: 65_535 } }),
    fix: /denies TCP 1024-65535 to 10\.0\.1\.0\/24\. Add an outbound rule/,
  },
  {
    check: 'networkAclShutsViewersOut',
    severity: 'error',
    when: 'a network ACL denies port 443 to everybody',
    cause: () => account.aclIs({ ...denied, CidrBlock: '0.0.0.0/0', PortRange: { From: 443, To: 443 } }),
    fix: /inbound rule 50 of the network ACL "acl-1" denies TCP 443 from 0\.0\.0\.0\/0\. Add an inbound rule/,
  },
  {
    check: 'originSilent',
    severity: 'warning',
    when: 'viewers are to come straight to it and it gives no answer',
    cause: () => account.instanceGives(silent('ETIMEDOUT')),
    fix: 'let port 80 in by its security group',
    site: { edge: 'direct' },
  },
  {
    check: 'reachNotChecked',
    severity: 'warning',
    when: 'a network ACL is about a part of the subnet',
    cause: () => account.aclIs({ ...denied, CidrBlock: '10.0.1.128/25', PortRange: PORT_80 }),
    fix: 'look whether the network ACL "acl-1" of "subnet-0000000a" allows inbound TCP 80 from 10.0.1.0/24',
  },
  {
    check: 'routeLeadsElsewhere',
    severity: 'warning',
    when: 'a route leads over an appliance',
    cause: () => account.routesAre({ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9' }),
    fix: 'see to it that this lets the load balancer through',
  },
  {
    check: 'routeLeadsNowhere',
    severity: 'error',
    when: 'a route leads to what is gone',
    cause: () =>
      account.routesAre({ DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9', State: 'blackhole' }),
    fix: 'Remove that route',
  },
  {
    check: 'originAnswersWrongly',
    severity: 'warning',
    when: 'the web server answers 404',
    cause: () => account.instanceGives(async () => ({ status: 404, body: '' })),
    fix: 'declare another healthPath',
  },
  {
    check: 'originDoesNotListen',
    severity: 'warning',
    when: 'the port is closed',
    cause: () => account.instanceGives(silent('ECONNREFUSED')),
    fix: 'start its web server there, or declare the port it listens on',
  },
  {
    check: 'originNotProbed',
    severity: 'info',
    when: 'the security group lets nobody in',
    cause: () => account.instanceGives(silent('ETIMEDOUT')),
    fix: 'Cannot see from here whether port 80',
  },
];
