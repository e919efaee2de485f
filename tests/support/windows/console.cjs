/**
 * Runs under Windows' Node by Wine on a pseudo-terminal, and starts a program on the same console
 * with an environment of its own: Wine hands some variables of Linux on under other names.
 *
 *     node.exe console.cjs FILE      FILE is JSON: {args, cwd, env}
 */
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { environment } = require('./environment.cjs');

const { args, cwd, env } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// Ctrl-C goes to every program on the console; this one waits for the other's end.
process.on('SIGINT', () => {});
const child = spawn(process.execPath, args, { cwd, env: environment(env), stdio: 'inherit' });
child.on('error', (error) => {
  console.error(`console.cjs: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 137));
