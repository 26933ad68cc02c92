import { types } from 'node:util';
import type { InvocationError } from './messages.ts';

/** What was thrown, as Lambda's Node.js runtime tells it: an error by its name, anything else by its type. */
export function invocationError(thrown: unknown): InvocationError {
  if (types.isNativeError(thrown) || thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** An error of the runtime itself: "Runtime.HandlerNotFound". */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}
