/**
 * Runs under Windows' Node by Wine, once for a run of the tests: starts programs with real Windows
 * pipes for who connects on the loopback address. One connection is one program; both sides send
 * JSON, one object a line.
 *
 *     node.exe driver.cjs FILE      FILE gets the port, and the driver ends when FILE goes
 *
 * in:  {start: {program?, args, cwd, env, console?}}, {input: base64}, {endInput: true}, {kill: true}
 * out: {pid}, {stdout: base64}, {stderr: base64}, {code, signal}, {error}
 */
const { spawn } = require('node:child_process');
const { existsSync, renameSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { setInterval } = require('node:timers');
const { environment } = require('./environment.cjs');

const portFile = process.argv[2];
const ORPHAN_LOOK_MS = 3000;
/** How a program is started for each kind of console. */
const CONSOLES = {
  /** A new one without a window (CREATE_NO_WINDOW), as under mintty or an editor's extension. */
  windowless: { windowsHide: true },
  /** None at all (DETACHED_PROCESS). */
  none: { detached: true },
};

createServer((socket) => {
  let child;
  const send = (message) => socket.writable && socket.write(`${JSON.stringify(message)}\n`);

  function start({ program = process.execPath, args, cwd, env, console: kind = 'none' }) {
    const fail = (error) => {
      send({ error: error.code });
      socket.end();
    };
    try {
      child = spawn(program, args, { cwd, env: environment(env), ...CONSOLES[kind] });
    } catch (error) {
      return fail(error);
    }
    child.on('error', fail);
    child.stdin.on('error', () => {});
    child.stdout.on('data', (piece) => send({ stdout: piece.toString('base64') }));
    child.stderr.on('data', (piece) => send({ stderr: piece.toString('base64') }));
    child.on('close', (code, signal) => {
      child = undefined;
      send({ code, signal });
      socket.end();
    });
    send({ pid: child.pid ?? -1 });
  }

  let text = '';
  socket.setEncoding('utf8').on('data', (piece) => {
    const lines = (text + piece).split('\n');
    text = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.start) start(message.start);
      if (message.input) child?.stdin.write(Buffer.from(message.input, 'base64'));
      if (message.endInput) child?.stdin.end();
      if (message.kill) child?.kill('SIGKILL');
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => child?.kill('SIGKILL'));
}).listen(0, '127.0.0.1', function listening() {
  // Moved into place whole: who waits for it may read it at this moment.
  writeFileSync(`${portFile}.new`, String(this.address().port));
  renameSync(`${portFile}.new`, portFile);
  setInterval(() => {
    if (!existsSync(portFile)) process.exit(0);
  }, ORPHAN_LOOK_MS);
});
