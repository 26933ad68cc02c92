import type { Site } from '../sites/site.ts';
import { newInstanceOrigin } from './new-instance.ts';
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
    scheme: 'http',
    port,
    healthPath,
    target: { id, port },
    // Source: Amazon EC2 User Guide, "Elastic IP addresses": an IPv4 address; checked 2026-11-29.
    address: { types: ['A'], resource: 'elastic address' },
  };
}

/**
 * The instance of a site, for what only EC2 instances have: `DescribeInstances`, an Elastic IP, the tag of a tenant.
 *
 * @throws {Error} for a site whose origin is no instance
 */
export function instanceOf({ origin }: Pick<Site, 'origin'>): InstanceOrigin['instance'] {
  if ('instance' in origin) return origin.instance;
  if ('newInstance' in origin) {
    const { id, port, healthPath } = newInstanceOrigin(origin);
    return { id, port, healthPath };
  }
  throw new Error('Cannot tell the instance of a site: its origin is none');
}

/** Whether the origin of a site is an instance. */
export function hasInstance({ origin }: Pick<Site, 'origin'>): boolean {
  return 'instance' in origin || 'newInstance' in origin;
}

/** The instances that sites have as their origins. */
export function instanceIdsOf(sites: readonly Pick<Site, 'origin'>[]): string[] {
  return sites.filter(hasInstance).map((site) => instanceOf(site).id);
}
