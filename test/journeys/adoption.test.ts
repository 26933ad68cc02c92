import { sharedBoot } from '../support/shared-boot.ts';
import { balancer } from './adoption/balancer.ts';
import { existingBalancer } from './adoption/existing-balancer.ts';
import { foreign } from './adoption/foreign.ts';
import { namesOnDistributions } from './adoption/names-on-distributions.ts';
import { namesThatAreServed } from './adoption/names-that-are-served.ts';
import { sharedAddress } from './adoption/shared-address.ts';
import { tenantBelowWildcard } from './adoption/tenant-below-wildcard.ts';

const boot = sharedBoot();

foreign(boot);
balancer(boot);
existingBalancer(boot);
sharedAddress(boot);
namesThatAreServed(boot);
namesOnDistributions(boot);
tenantBelowWildcard(boot);
