import { sharedBoot } from '../support/shared-boot.ts';
import { anotherAccount } from './records-elsewhere/another-account.ts';
import { anotherAccountChange } from './records-elsewhere/another-account-change.ts';
import { external } from './records-elsewhere/external.ts';
import { externalCdn } from './records-elsewhere/external-cdn.ts';
import { externalChange } from './records-elsewhere/external-change.ts';

const boot = sharedBoot();

external(boot);
externalChange(boot);
externalCdn(boot);
anotherAccount(boot);
anotherAccountChange(boot);
