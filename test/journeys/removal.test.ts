import { sharedBoot } from '../support/shared-boot.ts';
import { deleting } from './removal/delete.ts';
import { limits } from './removal/limits.ts';
import { undo } from './removal/undo.ts';

const boot = sharedBoot();

undo(boot);
deleting(boot);
limits(boot);
