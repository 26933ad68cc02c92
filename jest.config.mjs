// Node strips the types itself, so no transform runs; ESM needs --experimental-vm-modules (see the "test" script).
export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/quiet.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/cdk.out'],
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/test/support/closing-line.mjs'],
  testTimeout: 60_000,
};
