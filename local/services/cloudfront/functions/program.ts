import { createContext, Script } from 'node:vm';

/**
 * How long a function may run, in ms of this machine's time. AWS gives no figure; a millisecond is what people report. Node counts what other
 * processes take from a busy machine as well, so that this stops what never ends, and nothing else.
 */
const LIMIT_MS = 5_000;

/** What the runtime does not know of newer JavaScript, and people met. Source: issue threads about `for…of`, classes, destructuring; checked 2026-11-30. */
const UNKNOWN_SYNTAX: readonly RegExp[] = [
  /\bfor\s*\([^;)]*\bof\b/,
  /^\s*class\s+[\w$]/m,
  /\b(?:const|let|var)\s*[[{]/,
  /\bfunction\s*\*/,
  /\?\./,
  /\b\d+n\b/,
];

const IMPORT = /^\s*import\s+([A-Za-z_$][\w$]*)\s+from\s+(['"])([^'"]+)\2\s*;?/gm;

/** What a function wants to be done with a request. */
export interface Outcome {
  returned: unknown;
  /** What it called of the module "cloudfront", in order. */
  calls: { method: string; args: unknown[] }[];
}

/** The code of a function. It runs in a world of its own, which has nothing of this machine and lasts for one request. */
export class Program {
  readonly #script: Script | Error;

  constructor(code: Uint8Array) {
    this.#script = compiled(Buffer.from(code).toString('utf8'));
  }

  /** Runs `handler(event)`. Throws what goes wrong in it, whatever that is. */
  run(event: object): Outcome {
    if (this.#script instanceof Error) throw this.#script;
    const world = createContext(
      { said: undefined, failed: undefined, event: JSON.stringify(event) },
      { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
    );
    this.#script.runInContext(world, { timeout: LIMIT_MS });
    const { said, failed } = world as { said?: string; failed?: string };
    if (said === undefined) throw new Error(failed ?? 'The function returned nothing');
    return JSON.parse(said) as Outcome;
  }
}

function compiled(source: string): Script | Error {
  const modules: string[] = [];
  const body = source.replace(IMPORT, (_, name: string, __, module: string) => {
    modules.push(module);
    return `const ${name} = ${module === 'cloudfront' ? 'CLOUDFRONT' : 'undefined'};`;
  });
  if (modules.some((module) => module !== 'cloudfront')) return new Error(`No such module here: ${modules.join(', ')}`);
  if (UNKNOWN_SYNTAX.some((syntax) => syntax.test(body))) return new SyntaxError('Token not supported in this version');
  try {
    return new Script(`(function () {
'use strict';
const CALLS = [];
const call = (method) => (...args) => { CALLS.push({ method, args }); };
const CLOUDFRONT = Object.freeze({
  selectRequestOriginById: call('selectRequestOriginById'),
  updateRequestOrigin: call('updateRequestOrigin'),
  createRequestOriginGroup: call('createRequestOriginGroup'),
  kvs: call('kvs'),
});
const EVENT = JSON.parse(globalThis.event);
const console = { log() {} };
const handler = (function () {
${body}
return handler;
})();
Promise.resolve(handler(EVENT)).then(
  (returned) => { globalThis.said = JSON.stringify({ returned, calls: CALLS }); },
  (error) => { globalThis.failed = String(error); },
);
})();`);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}
