import type { Target } from '../load-balancers/target-group.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { AddressType } from '../sites/address-types.ts';
import type { Site } from '../sites/site.ts';
import { type InstanceOrigin, instanceOrigin } from './instance.ts';

/** What produces the pages, as a site declares it. */
export type DeclaredOrigin = InstanceOrigin;

/** What the product asks of an origin, whichever kind it is. */
export interface Origin {
  /** What kind of thing it is, in sentences: "instance". */
  kind: string;
  /** "i-0123456789abcdef0" */
  id: string;
  /** In sentences: 'the instance "i-0123456789abcdef0"'. */
  label: string;
  /** Where the site document has it: "#/origin/instance". */
  pointer: string;
  /** The port that its web server listens on, plain HTTP. */
  port: number;
  /** The path that answers 200 when it is well. */
  healthPath: string;
  /** What a target group registers. */
  target: Target;
  /** What a record that leads to the origin itself contains, and the resource that provides the address. */
  address: { types: readonly AddressType[]; resource: ResourceType };
}

export function originOf({ origin }: Pick<Site, 'origin'>): Origin {
  return instanceOrigin(origin);
}
