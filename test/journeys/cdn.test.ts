import { sharedBoot } from '../support/shared-boot.ts';
import { onboarded } from './cdn/onboarded.ts';
import { origins } from './cdn/origins.ts';

const boot = sharedBoot();

onboarded(boot);
origins(boot);
