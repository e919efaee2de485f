/** What a person at Windows sees, with and without a console (story 000: Git Bash). */
import { describeWith } from '../support/needs.ts';
import { useScene } from '../support/scene.ts';
import { toWindows, WINDOWS_MAJORS } from '../support/windows/wine.ts';

const scene = useScene();

describe.each(WINDOWS_MAJORS)('Windows node %d', (major) => {
  describeWith([`windows node ${major}`], '', () => {
    test.each(['windowless', 'none'] as const)(
      'with a console of kind %s it ends at once, and says how to go on',
      async (kind) => {
        const run = await scene.box().onWindows(major, ['refresh', 'alice'], { console: kind })
          .result;
        expect(run.code).toBe(3);
        expect(run.stderr).toMatch(/hint: .*-t CODE.*winpty mfa-profile\.cmd/);
        expect(scene.sts.calls).toEqual([]);
      },
    );

    test('with the code it needs none', async () => {
      const box = scene.box();
      const line = ['refresh', 'alice', '-t', scene.sts.code('alice')];
      const run = await box.onWindows(major, line, { console: 'windowless' }).result;
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(box.readCredentials()).toContain('[alice_token]');
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    });

    test('on a console it asks, and says how to go on in cmd.exe', async () => {
      const box = scene.box();
      const pty = box.consoleOnWindows(major, ['refresh', 'alice'], { cols: 160 });
      await pty.waitFor(/MFA code for alice/);
      pty.type(scene.sts.code('alice'));
      pty.key('enter');
      expect((await pty.exit).code).toBe(0);
      expect(pty.screen).toContain('set AWS_PROFILE=alice_token');
    });

    test('home is USERPROFILE; doctor warns of a HOME that has an .aws of its own', async () => {
      const box = scene.box();
      box.writeFile('other/.aws/credentials', '[elsewhere]\n');
      const doctor = async (HOME: string) =>
        (await box.onWindows(major, ['doctor', 'alice'], { more: { HOME } }).result).stdout;
      expect(await doctor(toWindows(box.path('other')))).toMatch(
        /warning\s+environment HOME leads to another .*other.\.aws/,
      );
      expect(await doctor(toWindows(box.home))).not.toContain('HOME');
      expect(await doctor(toWindows(box.path('none')))).not.toContain('HOME');
    });

    test('a path has one kind of slash', async () => {
      const run = await scene.box().onWindows(major, ['refresh', 'nobody'], { raw: true }).result;
      expect(run.code).toBe(4);
      expect(run.stderr).toMatch(/Z:\\[^\n]+\\\.aws\\credentials/);
      expect(run.stderr).not.toMatch(/Z:[^\n]*\//);
    });
  });
});
