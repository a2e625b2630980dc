export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  maxWorkers: 2,
  // Every worker imports the application once, not once for each file: that was a third of the whole run.
  runner: '<rootDir>/test/support/runner.js',
  // For the two hooks of the whole run; the sources themselves are compiled by test/support/typescript.mjs.
  transform: { '^.+\\.ts$': '@swc/jest' },
};
