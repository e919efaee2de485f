/**
 * The end-to-end tests once more, with the program under Windows' Node by Wine. What cannot run there
 * is in tests/windows/exceptions.json, each with its reason.
 */
const base = require('./jest.config.js');
const exceptions = require('./tests/windows/exceptions.json');

process.env.MFA_PROFILE_TESTS_ON_WINDOWS ??= '22';
const files = exceptions.flatMap((each) => each.files ?? []);

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/tests/e2e/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...files.map((name) => `/e2e/${name}\\.test\\.ts$`)],
  globalSetup: '<rootDir>/tests/support/windows/suite-setup.ts',
  // A console under Wine takes seconds to start.
  testTimeout: 90_000,
  testEnvironment: '<rootDir>/tests/support/windows/suite-environment.ts',
};
