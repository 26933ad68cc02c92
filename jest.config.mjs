// Node strips the types itself, so no transform runs; ESM needs --experimental-vm-modules (see the "test" script).
export default {
  testEnvironment: 'node',
  // One suite keeps one core busy; Jest's own default would leave one idle.
  maxWorkers: '100%',
  // A worker keeps what its suites have loaded, up to 4 GB in a whole run: it is replaced before.
  workerIdleMemoryLimit: '1GB',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/quiet.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/cdk.out'],
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  // Real DNS and TLS on whatever else the machine does: a limit that only what hangs comes to.
  testTimeout: 600_000,
};
