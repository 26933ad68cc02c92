import { Logger } from '@aws-lambda-powertools/logger';
import { printable } from '../domain/printable.ts';

/** Fields whose value lets its reader act for us. */
const SECRET = /^(task)?token$|authorization|secret|password|private-?key/i;

/** Structured lines on stdout: secrets are left out, control characters escaped, fields capped. */
export const logger = new Logger({
  serviceName: 'nameplate',
  jsonReplacerFn: (key, value) => {
    if (SECRET.test(key)) return '[secret]';
    return typeof value === 'string' ? printable(value) : value;
  },
});
