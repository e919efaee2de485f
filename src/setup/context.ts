/** What the parts of a set-up share: settings, effects, and the person, if there is one. */
import type { SessionSettings } from '../session/options.ts';
import type { Reporter } from '../output/reporter.ts';
import type { SuppliedKeysCache } from '../session/source-keys.ts';
import type { Terminal, World } from '../world.ts';
import type { Said } from '../problems/text.ts';

export interface SetupContext {
  readonly settings: SessionSettings;
  readonly world: World;
  readonly supplied: SuppliedKeysCache;
  /** Undefined if nobody may be asked. */
  readonly terminal: Terminal | undefined;
  /** Progress, for the person at the terminal or for stderr. */
  readonly tell: (line: Said) => void;
  readonly warn: (line: Said) => void;
  readonly debug: (line: string) => void;
}

/** @param terminal undefined if nobody may be asked */
export function startSetup(
  settings: SessionSettings,
  world: World,
  reporter: Reporter,
  terminal: Terminal | undefined,
): SetupContext {
  return {
    settings,
    world,
    supplied: new Map(),
    terminal,
    tell: (line) => {
      if (terminal) terminal.say(line);
      else reporter.say(line);
    },
    warn: (line) => {
      reporter.warn(line);
    },
    debug: (line) => {
      reporter.debug(line);
    },
  };
}
