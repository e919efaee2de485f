/**
 * The end-to-end tests once more, with the program under Windows' Node by Wine. MFA_PROFILE_TESTS_WINDOWS
 * names its major version, 20 unless given; tests/windows/exceptions.cjs has what is left out, and why.
 */
const whole = require('./jest.config.js');

process.env.MFA_PROFILE_TESTS_WINDOWS ??= '20';

/** @type {import('jest').Config} */
module.exports = {
  ...whole,
  roots: ['<rootDir>/tests/e2e'],
};
