/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  globalSetup: '<rootDir>/tests/support/build-once.ts',
  globalTeardown: '<rootDir>/tests/support/tidy-up.ts',
  reporters: ['default', '<rootDir>/tests/support/needs-reporter.cjs'],
  // Everything is transformed, node_modules too: yargs is published as ES modules only.
  transform: {
    '/completion\\.(?!ts$)\\w+$': '<rootDir>/tests/support/text-transform.cjs',
    '\\.(ts|m?js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(yargs|yargs-parser|y18n|cliui|string-width|strip-ansi|ansi-regex|wrap-ansi|ansi-styles|emoji-regex|get-east-asian-width|escalade)/)',
  ],
  // An upper bound for a machine that is busy with something else: nothing takes so long by itself.
  // `npm run fuzz` sets FUZZ_RUNS, and each of its properties may take an hour.
  testTimeout: process.env.FUZZ_RUNS ? 3_600_000 : 180_000,
  // Most tests wait most of the time, for processes, locks and terminals.
  maxWorkers: 4,
};
