import { sharedBoot } from '../support/shared-boot.ts';
import { bypass } from './failover/bypass.ts';
import { certificates } from './failover/certificates.ts';
import { origins } from './failover/origins.ts';
import { outageOfAws } from './failover/outage-of-aws.ts';
import { pageForEveryClient } from './failover/page-for-every-client.ts';
import { thereAndBack } from './failover/there-and-back.ts';

const boot = sharedBoot();

// First, while the account is empty: an outage lasts for days.
outageOfAws(boot);
thereAndBack(boot);
bypass(boot);
certificates(boot);
origins(boot);
pageForEveryClient(boot);
