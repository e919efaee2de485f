/** The tests of a copy of this tree whose sources hold every mutant behind a switch. */
const whole = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...whole,
  rootDir: '../..',
  globalSetup: undefined,
  globalTeardown: undefined,
  reporters: [],
  testEnvironment: '<rootDir>/scripts/mutate/environment.cjs',
  testSequencer: '<rootDir>/scripts/mutate/sequencer.cjs',
  bail: 0,
};
