/**
 * Runs under Windows' Node by Wine on a pseudo-terminal, and starts a program on the same console
 * with an environment of its own: Wine hands some variables of Linux on under other names.
 *
 *     node.exe console.cjs FILE      FILE is JSON: {file?, args, cwd, env, verbatim?}
 */
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');

const {
  file = process.execPath,
  args,
  cwd,
  env,
  verbatim,
} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const NEEDED =
  /^(SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|OS|ProgramFiles|ProgramData|PATH|USERNAME)$/i;
const asked = new Set(Object.keys(env).map((name) => name.toUpperCase()));
const own = Object.entries(process.env).filter(
  ([name]) => NEEDED.test(name) && !asked.has(name.toUpperCase()),
);
// Ctrl-C goes to every program on the console; this one waits for the other's end.
process.on('SIGINT', () => {});
const child = spawn(file, args, {
  cwd,
  env: { ...Object.fromEntries(own), ...env },
  stdio: 'inherit',
  windowsVerbatimArguments: verbatim === true,
});
child.on('error', (error) => {
  console.error(`console.cjs: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 137));
