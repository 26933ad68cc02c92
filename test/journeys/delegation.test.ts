import { sharedBoot } from '../support/shared-boot.ts';
import { delegate } from './delegation/delegate.ts';
import { delegateRegistered } from './delegation/delegate-registered.ts';
import { delegating } from './delegation/delegating.ts';
import { externalDelegation } from './delegation/external-delegation.ts';
import { looking } from './delegation/looking.ts';
import { nobodyDelegates } from './delegation/nobody-delegates.ts';
import { registration } from './delegation/registration.ts';

// Nobody enters the name servers of a new zone.
const boot = sharedBoot({ delegatesAfterSeconds: undefined });

// Has all sites of the account looked at, so it goes before there are others.
registration(boot);
looking(boot);
delegating(boot);
delegate(boot);
delegateRegistered(boot);
externalDelegation(boot);
nobodyDelegates(boot);
