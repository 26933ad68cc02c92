// How a suite loads what it imports: packages by Node itself, once a worker, and the house's own modules for each suite anew.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: Runtime } = createRequire(require.resolve('jest'))('jest-runtime');

/** Packages of Jest's own, which belong to one suite. */
const OF_A_SUITE = /\/node_modules\/(?:@jest\/|jest-|expect\/)/;

const isShared = (place) => place.includes('/node_modules/') && !OF_A_SUITE.test(place);

/** The packages that suites of this worker have imported, as modules of ES, by URL. */
const imported = new Map();

export default class SuiteRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    const registry = this.registries.getActiveEsmRegistry();
    for (const [url, module] of imported) registry.set(url, module);
  }

  requireModule(from, name, options, isActual) {
    const isPackage = options?.isInternalModule !== true && !(name && this._resolution.isCoreModule(name));
    const path = isPackage ? this._resolution.resolveCjs(from, name) : '';
    if (isShared(path) && !this._resolution.shouldLoadAsEsm(path)) return require(path);
    return super.requireModule(from, name, options, isActual);
  }

  teardown() {
    for (const [url, module] of this.registries.getActiveEsmRegistry()) {
      if (isShared(url) && module.status === 'evaluated') imported.set(url, module);
    }
    super.teardown();
  }
}

/** What stubs the methods of clients, and knows how they were. */
const stubs = createRequire(require.resolve('aws-sdk-client-mock'))('sinon');

/** Undoes what a suite has stubbed in packages. */
export const restorePackages = () => stubs.restore();
