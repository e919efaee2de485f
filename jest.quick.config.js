/** The pure rooms and the commands, which start no process of their own: for while one works. */
const whole = require('./jest.config.js');

const ROOMS = [
  ...['aws', 'cli', 'commands', 'credentials', 'document', 'output', 'problems', 'profiles'],
  ...['quick', 'session', 'setup', 'shells'],
];

/** @type {import('jest').Config} */
module.exports = { ...whole, roots: ROOMS.map((room) => `<rootDir>/tests/${room}`) };
