/** A reader that is slower than the program, behind a pipe that does not block. */
import { having, whereIs } from '../support/needs.ts';
import { spawnChild } from '../support/child.ts';
import { makeSandbox, PROGRAM } from '../support/sandbox.ts';

const { test } = having('python3');

// The pipe holds a page, and says EAGAIN when it is full, as those of some terminals and CI do.
const SLOW = `
import fcntl, os, subprocess, sys, time
r, w = os.pipe()
fcntl.fcntl(w, 1031, 4096)
os.set_blocking(w, False)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
time.sleep(0.5)
while True:
    some = os.read(r, 512)
    if not some: break
    sys.stdout.buffer.write(some)
sys.exit(child.wait())
`;

test('gets all of it', async () => {
  const box = makeSandbox();
  try {
    const { stdout } = await box.run(['hook', 'bash']);
    expect(stdout.length).toBeGreaterThan(4096);
    const slow = spawnChild(
      whereIs('python3'),
      ['-c', SLOW, process.execPath, PROGRAM, 'hook', 'bash'],
      { env: box.env },
    );
    expect(await slow.result).toMatchObject({ code: 0, stdout });
  } finally {
    box.cleanup();
  }
});
