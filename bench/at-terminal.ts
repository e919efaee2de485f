/** What a person feels: from Enter at the prompt to the end, and a login with the hook. */
import { PROGRAM } from '../tests/support/sandbox.ts';
import { timeProcess } from './measure.ts';
import type { Scene } from './scene.ts';
import { NODE } from './works.ts';
import type { Compared } from './works.ts';

const TYPING_MS = 400;

/** From Enter at the prompt to the end of the process. */
export function enterToDone(scene: Scene, node: string): Compared {
  return {
    name: 'from Enter at the prompt to done',
    against: NODE,
    target: 2,
    runs: 15,
    time: async () => {
      const code = await scene.freshCode();
      scene.forget();
      const pty = scene.box.openPty(['refresh', 'alice'], { node });
      await pty.waitFor(/MFA code/);
      pty.type(code);
      await new Promise((resolve) => setTimeout(resolve, TYPING_MS));
      const started = process.hrtime.bigint();
      pty.key('enter');
      // The terminal tells of the end late. Between two looks this process is at rest, as a person is.
      while (isThere(pty.pid)) await new Promise((resolve) => setTimeout(resolve, 1));
      const took = Number(process.hrtime.bigint() - started) / 1e6;
      const { code: exitCode } = await pty.exit;
      if (exitCode !== 0) throw new Error(pty.screen);
      return took;
    },
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Milliseconds that the hook adds to a login of bash while the session is valid. */
export function loginHook(
  scene: Scene,
  node: string,
): { name: string; time: () => Promise<number> } {
  const hook = scene.box.path('hook.bash');
  const make = `"${node}" "${PROGRAM}" hook bash --profile prod > "${hook}"`;
  timeProcess(['/bin/sh', '-c', make], scene.env);
  const line = `a=$EPOCHREALTIME; . "${hook}"; b=$EPOCHREALTIME; echo "took $(( \${b/./} - \${a/./} )) us"`;
  return {
    name: 'bash login with the hook, session good',
    time: async () => {
      const env = { TERM: 'xterm' };
      const pty = scene.box.openPty(['--norc', '-i', '-c', line], { file: 'bash', env });
      const [, microseconds] = await pty.waitFor(/took (\d+) us/);
      await pty.exit;
      return Number(microseconds) / 1000;
    },
  };
}
