/** The pure rooms and the commands, which start no process and need no build: for while one works. */
const { globalSetup: _build, globalTeardown: _tidy, ...rest } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...rest,
  reporters: ['default'],
  roots: [
    'aws',
    'cli',
    'commands',
    'credentials',
    'document',
    'output',
    'problems',
    'profiles',
    'quick',
    'session',
    'setup',
    'shells',
  ].map((room) => `<rootDir>/tests/${room}`),
};
