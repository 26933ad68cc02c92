import { sharedBoot } from '../support/shared-boot.ts';
import { access } from './changes/access.ts';
import { adopting } from './changes/adopting.ts';
import { aliases } from './changes/aliases.ts';
import { cdn } from './changes/cdn.ts';
import { edge } from './changes/edge.ts';
import { failing } from './changes/failing.ts';
import { origin } from './changes/origin.ts';
import { redirect } from './changes/redirect.ts';

const boot = sharedBoot();

aliases(boot);
adopting(boot);
origin(boot);
access(boot);
redirect(boot);
edge(boot);
cdn(boot);
failing(boot);
