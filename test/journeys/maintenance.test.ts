import { bootedOnce } from '../support/shared-boot.ts';
import { direct } from './maintenance/direct.ts';
import { failoverAlone } from './maintenance/failover-alone.ts';
import { requestsAndCauses } from './maintenance/requests-and-causes.ts';
import { restingServer } from './maintenance/resting-server.ts';
import { withFailover } from './maintenance/with-failover.ts';

// Each story takes its site back: a sweep looks at all that are live, in each hour that a later story lets pass.
const boot = bootedOnce({ sweeps: true });

requestsAndCauses(boot);
direct(boot);
withFailover(boot);
failoverAlone(boot);
restingServer(boot);
