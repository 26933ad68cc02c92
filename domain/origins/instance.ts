import type { Site } from '../sites/site.ts';
import type { Origin } from './origin.ts';

/** An EC2 instance of the account, as a site declares it. */
export interface InstanceOrigin {
  instance: {
    /** "i-0123456789abcdef0" */
    id: string;
    /** The port its web server listens on, 1 to 65535. Default 80. */
    port: number;
    /** The path that answers 200 when it is well. Default "/". */
    healthPath: string;
  };
}

/** The instance as an origin. */
export function instanceOrigin({ instance: { id, port, healthPath } }: InstanceOrigin): Origin {
  return {
    kind: 'instance',
    id,
    label: `the instance "${id}"`,
    pointer: '#/origin/instance',
    port,
    healthPath,
    target: { id, port },
    // Source: Amazon EC2 User Guide, "Elastic IP addresses": an IPv4 address; checked 2026-11-29.
    address: { types: ['A'], resource: 'elastic address' },
  };
}

/** The instance of a site, for what only EC2 instances have: `DescribeInstances`, an Elastic IP, the tag of a tenant. */
export function instanceOf({ origin }: Pick<Site, 'origin'>): InstanceOrigin['instance'] {
  return origin.instance;
}
