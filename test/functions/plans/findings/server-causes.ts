import type { Cause, Looked } from './cause.ts';

const site = { origin: { server: { address: '10.0.0.9', port: 8080 } } };
const outside = {
  origin: { server: { address: '192.168.7.9', port: 8080 } },
  subnets: ['subnet-0000000a', 'subnet-0000000b'],
};

/** What may keep the load balancer from a private server. */
export const serverCauses = ({ account }: Looked): Cause[] => [
  {
    check: 'serverNotFound',
    severity: 'warning',
    when: 'no network interface has the address',
    cause: () => account.interfacesAre(),
    fix: /No network interface in "vpc-1" has the address of the server 10\.0\.0\.9.*allow TCP 8080 from the security group "np-/,
    site,
  },
  {
    check: 'routeLeadsNowhere',
    severity: 'warning',
    when: 'the VPC has no route to an address outside of it any more',
    cause: () => account.routesAre(),
    fix: 'leads to "igw-1", which drops private addresses. Add a route for the network of the server 192.168.7.9',
    site: outside,
    before: () => account.routesAre({ DestinationCidrBlock: '192.168.0.0/16', TransitGatewayId: 'tgw-1' }),
  },
];
