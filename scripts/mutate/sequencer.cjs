/** Runs the test files in the order in which the control file names them: the likeliest first. */
const fs = require('node:fs');
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const root = path.join(__dirname, '../..');

module.exports = class ControlSequencer extends Sequencer {
  sort(tests) {
    const { files } = JSON.parse(fs.readFileSync(path.join(root, 'control.json'), 'utf8'));
    const place = (test) => files.indexOf(path.relative(root, test.path));
    return [...tests].sort((one, other) => place(one) - place(other));
  }
};
