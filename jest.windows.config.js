/**
 * The end-to-end tests once more, with the program under Windows' Node by Wine. What cannot run there
 * is in tests/windows/exceptions.json, each with its reason. `npm run test:windows:gate` runs the files
 * of IN_THE_GATE alone.
 */
const base = require('./jest.config.js');
const exceptions = require('./tests/windows/exceptions.json');

/** What touches files, the network and the console; the whole takes about ten minutes. */
const IN_THE_GATE = [
  'account',
  'clear',
  'credential-process',
  'files',
  'network',
  'package',
  'prompt',
  'status',
];

process.env.MFA_PROFILE_TESTS_ON_WINDOWS ??= '22';
const files = exceptions.flatMap((each) => each.files ?? []);
const withExceptions = exceptions.flatMap((each) => Object.keys(each.tests ?? {}));

function wantedFiles() {
  if (process.env.MFA_PROFILE_TESTS_ON_WINDOWS_TRY !== undefined) return withExceptions;
  return process.env.MFA_PROFILE_TESTS_ON_WINDOWS_FILES === 'gate' ? IN_THE_GATE : ['*'];
}

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: wantedFiles().map((name) => `<rootDir>/tests/e2e/${name}.test.ts`),
  testPathIgnorePatterns: ['/node_modules/', ...files.map((name) => `/e2e/${name}\\.test\\.ts$`)],
  globalSetup: '<rootDir>/tests/support/windows/suite-setup.ts',
  testEnvironment: '<rootDir>/tests/support/windows/suite-environment.ts',
};
