import { sharedBoot } from '../support/shared-boot.ts';
import { newInstance } from './servers/new-instance.ts';
import { server } from './servers/server.ts';

const boot = sharedBoot();

server(boot);
newInstance(boot);
