/**
 * Access lists of Windows: what a refresh keeps, and what doctor says. Wine's icacls is an empty
 * shell, so that a strict stand-in saves the lists.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import { toWindows } from '../support/windows/wine.ts';

const scene = useScene();
const MAJOR = 22;
const ME = 'S-1-5-21-1004336348-1177238915-682003330-1001';
const USUAL = `D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;${ME})`;

/** The variables by which a run meets these lists, by the names of files. */
function withLists(box: Sandbox, lists: Record<string, string>): Record<string, string> {
  const standIn = toWindows(path.join(__dirname, '../support/windows/system-program.cjs'));
  return {
    MFA_PROFILE_TEST_LISTS: toWindows(box.writeFile('lists', JSON.stringify({ user: ME, lists }))),
    // In its quotes a backslash escapes.
    NODE_OPTIONS: `--require "${standIn.replaceAll('\\', '/')}"`,
  };
}

describeWith([`windows node ${MAJOR}`], '', () => {
  test.each([
    ['a list of its own is written in place', `D:PAI(A;;FA;;;${ME})`, true],
    ['its folder’s list is replaced', USUAL, false],
  ])('a credentials file with %s', async (_, ofFile, isInPlace) => {
    const box = scene.box();
    const more = withLists(box, { credentials: ofFile, '*': USUAL });
    const before = statSync(box.credentialsFile).ino;
    const line = ['refresh', 'alice', '-t', scene.sts.code('alice')];
    expect(await box.onWindows(MAJOR, line, { more }).result).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain('[alice_token]');
    expect(statSync(box.credentialsFile).ino === before).toBe(isInPlace);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('doctor names whom a list lets in, and the line that closes it', async () => {
    const box = scene.box();
    const lists = {
      credentials: 'D:AI(A;ID;FA;;;SY)(A;;0x1200a9;;;BU)(A;;FR;;;WD)',
      config: 'D:AI(A;ID;FR;;;BU)',
      '*': USUAL,
    };
    const more = withLists(box, lists);
    const doctor = async (shell: Record<string, string>) => {
      const options = { more: { ...more, ...shell }, raw: true };
      return (await box.onWindows(MAJOR, ['doctor', 'alice'], options).result).stdout;
    };
    const said = await doctor({});
    expect(said).toMatch(
      /warning +permissions +Z:.+\\credentials: its access list lets others read it: Users, Everyone\n/,
    );
    expect(said).toContain(
      `\\credentials" /inheritance:r /remove "*S-1-5-32-545" /remove "*S-1-1-0" /grant:r "*${ME}:F"`,
    );
    // It holds no secret.
    expect(said).toMatch(/good +permissions +Z:.+\\config: its access list lets in nobody else/);
    expect(await doctor({ MSYSTEM: 'MINGW64' })).toContain('" //inheritance:r //remove "*S-1-5');
  });

  test('doctor says so if a list cannot be read, as with Wine’s own icacls', async () => {
    const { result } = scene.box().onWindows(MAJOR, ['doctor', 'alice'], { raw: true });
    expect((await result).stdout).toMatch(
      /warning +permissions +the access list of Z:.+\\credentials cannot be read\n.+: icacls "Z:\\/,
    );
  });
});
