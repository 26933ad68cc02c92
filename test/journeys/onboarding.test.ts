import { sharedBoot } from '../support/shared-boot.ts';
import { doctor } from './onboarding/doctor.ts';
import { onboard } from './onboarding/onboard.ts';
import { plan } from './onboarding/plan.ts';
import { planReads } from './onboarding/plan-reads.ts';
import { trouble } from './onboarding/trouble.ts';

const boot = sharedBoot();

// First, while the account is empty: what a plan reads grows with it.
planReads(boot);
plan(boot);
onboard(boot);
trouble(boot);
doctor(boot);
