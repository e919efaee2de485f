/** An X display that nobody sees, and hands that type into its windows. */
import type { Sandbox } from './sandbox.ts';

export interface Display {
  /** For the environment of programs that open windows. */
  readonly name: string;
  /** Types into the window whose title matches, once there is one, and presses Enter. */
  answer(title: string, text: string): Promise<void>;
  /** Closes the window whose title matches by Escape, as a person does. */
  dismiss(title: string): Promise<void>;
}

/** Needs `display` of needs.ts. It ends with the sandbox. */
export async function openDisplay(box: Sandbox): Promise<Display> {
  const server = box.start('Xvfb', [
    '-displayfd',
    '1',
    '-screen',
    '0',
    '640x480x24',
    '-nolisten',
    'tcp',
  ]);
  const [, number] = await server.waitForStdout(/(\d+)\n/);
  const name = `:${number}`;
  const xdotool = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await box.exec('xdotool', args, { env: { DISPLAY: name } });
    if (code !== 0) throw new Error(`xdotool ${args[0]} ended with ${code}: ${stderr}`);
    return stdout.trim();
  };
  const focus = async (title: string): Promise<void> => {
    const [window] = (await xdotool('search', '--sync', '--onlyvisible', '--name', title)).split(
      '\n',
    );
    await xdotool('windowfocus', window!);
  };
  return {
    name,
    answer: async (title, text) => {
      await focus(title);
      await xdotool('type', '--delay', '20', text);
      await xdotool('key', 'Return');
    },
    dismiss: async (title) => {
      await focus(title);
      await xdotool('key', 'Escape');
    },
  };
}
