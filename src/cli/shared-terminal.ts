/** One terminal for all the questions of a run, where more than one part of the program asks. */
import type { Terminal, World } from '../world.ts';

export interface SharedTerminal {
  /**
   * The same world, whose terminal is opened once and handed to everyone who asks for it. Closing
   * it has no effect on the others, who have questions, too.
   */
  readonly world: World;
  /** Gives the terminal back: an open one keeps the program from its end. */
  close(): Promise<void>;
}

export function shareTerminal(world: World): SharedTerminal {
  let opened: Promise<Terminal | undefined> | undefined;
  const terminal = async (): Promise<Terminal | undefined> => {
    const shared = await (opened ??= world.terminal());
    return shared && { ...shared, close: () => undefined };
  };
  return {
    // Not a copy: some of a world's properties are worked out when they are read.
    world: Object.create(world, { terminal: { value: terminal } }) as World,
    close: async () => (await opened)?.close(),
  };
}
