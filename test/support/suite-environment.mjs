// Where a suite runs: in its worker's own realm. Jest makes a realm for every suite otherwise, and every suite loads, compiles and
// warms up the same packages in it. What a suite changes there is as it was when it ends.
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { restorePackages } from './suite-runtime.mjs';

const { ModuleMocker } = createRequire(createRequire(import.meta.url).resolve('jest-environment-node'))('jest-mock');

/** Stands for the worker's own realm where Jest asks for a context. */
const OWN_REALM = {};

/** Characters. Shorter sources compile in no time. */
const WORTH_KEEPING = 4_000;

/** V8's code cache of Jest's own files, which it loads anew for each suite, by path. V8 refuses what does not fit the source. */
const compiled = new Map();

const { compileFunction, SourceTextModule, SyntheticModule } = vm;
const inOwnRealm = ({ context: _, parsingContext: __, ...options } = {}) => options;

vm.compileFunction = (source, parameters, given) => {
  const options = inOwnRealm(given);
  const { filename = '' } = options;
  if (source.length < WORTH_KEEPING || !filename.includes('/node_modules/')) {
    return compileFunction(source, parameters, options);
  }
  const cachedData = compiled.get(filename);
  if (cachedData) return compileFunction(source, parameters, { ...options, cachedData });
  const made = compileFunction(source, parameters, { ...options, produceCachedData: true });
  if (made.cachedData) compiled.set(filename, made.cachedData);
  return made;
};

vm.SourceTextModule = class extends SourceTextModule {
  constructor(source, options) {
    super(source, inOwnRealm(options));
  }
};

vm.SyntheticModule = class extends SyntheticModule {
  constructor(names, evaluate, options) {
    super(names, evaluate, inOwnRealm(options));
  }
};

/** What Jest's circus keeps of a suite: "EVENT_HANDLERS". Other globals that are new are packages', which keep there what all copies of them share. */
const isOfCircus = (key) => typeof key === 'symbol' && /^[A-Z_]+$/.test(key.description ?? '');

export default class SuiteEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #variables = { ...process.env };
  #process = { exit: process.exit, getBuiltinModule: process.getBuiltinModule };

  async setup() {}

  /** Puts back what the suite has changed in the realm: globals, variables of the environment, stubs in packages. */
  async teardown() {
    restorePackages();
    for (const key of Reflect.ownKeys(globalThis)) {
      if (isOfCircus(key) && !(key in this.#globals)) Reflect.deleteProperty(globalThis, key);
    }
    for (const [key, descriptor] of Object.entries(this.#globals)) {
      if ('value' in descriptor && descriptor.value !== globalThis[key])
        Object.defineProperty(globalThis, key, descriptor);
    }
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    Object.assign(process, this.#process);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return OWN_REALM;
  }
}
