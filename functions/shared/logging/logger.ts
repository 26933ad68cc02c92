import { Logger } from '@aws-lambda-powertools/logger';
import { printable } from '../../../domain/printable.ts';

/** Fields whose value lets its reader act for us. */
const SECRET = /^(task)?token$|^authorization$|secret|password|private-?key/i;

/** Leaves secrets out of a line, escapes control characters and caps each field. For `JSON.stringify`. */
export function withoutSecrets(key: string, value: unknown): unknown {
  if (SECRET.test(key)) return '[secret]';
  return typeof value === 'string' ? printable(value) : value;
}

/** Structured lines on stdout. */
export const logger = new Logger({ serviceName: 'nameplate', jsonReplacerFn: withoutSecrets });
