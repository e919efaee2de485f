/**
 * Runs under Windows' Node by Wine on a pseudo-terminal, and starts a program on the same console
 * with an environment of its own: Wine hands some variables of Linux on under other names.
 *
 *     node.exe console.cjs FILE      FILE is JSON: {program?, args, cwd, env, redirect?: {stdin?, stdout?, stderr?}}
 */
const { spawn } = require('node:child_process');
const { openSync, readFileSync } = require('node:fs');
const { environment } = require('./environment.cjs');

const {
  program = process.execPath,
  args,
  cwd,
  env,
  redirect = {},
} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const onDrive = (file) => `Z:${file}`;
const stdio = ['stdin', 'stdout', 'stderr'].map((name) =>
  redirect[name] === undefined
    ? 'inherit'
    : openSync(onDrive(redirect[name]), name === 'stdin' ? 'r' : 'w'),
);
// Ctrl-C goes to every program on the console; this one waits for the other's end.
process.on('SIGINT', () => {});
const child = spawn(program, args, { cwd, env: environment(env), stdio });
child.on('error', (error) => {
  console.error(`console.cjs: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 137));
