/**
 * The doctor's check of an installed schedule: does what it starts still exist? Crontabs are not
 * checked.
 */
import type { Files, Machine, World } from '../../world.ts';
import { launchdPrograms, LAUNCHD_LABEL } from '../schedule/launchd.ts';
import type { Installable } from '../schedule/schedulers.ts';
import { systemdPrograms } from '../schedule/systemd.ts';
import { windowsPrograms } from '../schedule/windows.ts';
import { bad, good } from './check.ts';
import type { Check } from './check.ts';
import { words } from './report-words.ts';

interface Place {
  readonly file: string;
  readonly encoding: string;
  /** What the file starts: node and this program, or the one executable. */
  readonly programs: (text: string) => string[];
}

function places({ env, home }: Machine): Record<Installable, Place> {
  const units = env['XDG_CONFIG_HOME'] || `${home}/.config`;
  const local = env['LOCALAPPDATA'] || `${home}/AppData/Local`;
  return {
    systemd: {
      file: `${units}/systemd/user/mfa-profile.service`,
      encoding: 'utf-8',
      programs: systemdPrograms,
    },
    launchd: {
      file: `${home}/Library/LaunchAgents/${LAUNCHD_LABEL}.plist`,
      encoding: 'utf-8',
      programs: launchdPrograms,
    },
    windows: {
      file: `${local}/mfa-profile/schedule.xml`,
      encoding: 'utf-16le',
      programs: windowsPrograms,
    },
  };
}

export async function checkSchedules(world: World): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [scheduler, { file, encoding, programs }] of Object.entries(places(world))) {
    const bytes = readIfThere(file, world);
    if (!bytes) continue;
    const system = await world.system();
    const started = programs(new TextDecoder(encoding).decode(bytes));
    const gone = started.filter((path) => system.realPath(path) === undefined);
    checks.push(
      ...gone.map((path) =>
        bad('schedule', words.gone(file, path), words.scheduleAgain(scheduler)),
      ),
    );
    if (gone.length === 0) checks.push(good('schedule', words.starts(file, started.join(' '))));
  }
  return checks;
}

/** A schedule that cannot be read is not one of this program's. */
function readIfThere(file: string, world: Files): Uint8Array | undefined {
  try {
    return world.readFile(file);
  } catch {
    return undefined;
  }
}
