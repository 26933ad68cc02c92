import { availableParallelism } from 'node:os';

// Node strips the types itself, so no transform runs; ESM needs --experimental-vm-modules (see the "test" script).
export default {
  runtime: '<rootDir>/test/support/suite-runtime.mjs',
  testEnvironment: '<rootDir>/test/support/suite-environment.mjs',
  // A journey waits for its functions half of the time: one suite more than there are cores keeps all of them busy.
  maxWorkers: availableParallelism() + 1,
  // A worker keeps what its suites have loaded, up to 4 GB in a whole run: it is replaced before.
  workerIdleMemoryLimit: '1GB',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/quiet.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache', '<rootDir>/cdk.out'],
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  // Real DNS and TLS on whatever else the machine does: a limit that only what hangs comes to.
  testTimeout: 600_000,
};
