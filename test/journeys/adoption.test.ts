import { sharedBoot } from '../support/shared-boot.ts';
import { balancer } from './adoption/balancer.ts';
import { existingBalancer } from './adoption/existing-balancer.ts';
import { namesOnDistributions } from './adoption/names-on-distributions.ts';
import { namesThatAreServed } from './adoption/names-that-are-served.ts';
import { ofOurName } from './adoption/of-our-name.ts';
import { records } from './adoption/records.ts';
import { sharedAddress } from './adoption/shared-address.ts';
import { tenantBelowWildcard } from './adoption/tenant-below-wildcard.ts';

const boot = sharedBoot();

records(boot);
ofOurName(boot);
balancer(boot);
existingBalancer(boot);
sharedAddress(boot);
namesThatAreServed(boot);
namesOnDistributions(boot);
tenantBelowWildcard(boot);
