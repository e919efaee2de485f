/** `status`: lists sessions and when they end, for a person, a script or a prompt. */
import { readAwsFiles } from '../aws-files.ts';
import { wantsColor } from '../core/color.ts';
import type { AwsFiles } from '../core/profiles.ts';
import { describeSession, findPlace, listPlaces, statusJson } from '../core/status.ts';
import type { StatusRow } from '../core/status.ts';
import { findProfile } from '../session.ts';
import type { World } from '../world.ts';
import type { Settings } from './settings.ts';

const NOT_VALID = 3;

export async function run(settings: Settings, world: World): Promise<number> {
  const files = await readAwsFiles(settings.files, world);
  const rows = readRows(settings, files, world.now());
  const check = settings.own.has('check');
  if (settings.json) {
    world.stdout.write(`${JSON.stringify({ profiles: rows.map(statusJson) }, null, 2)}\n`);
  } else if (!check) {
    await show(rows, settings, world);
  }
  const good = rows.length > 0 && rows.every(({ state }) => state === 'valid');
  return check && !good ? NOT_VALID : 0;
}

/** @throws Failure no-such-profile for a name that is neither a source's nor a session's */
function readRows(settings: Settings, files: AwsFiles, now: number): StatusRow[] {
  const { names, session } = settings;
  const places =
    names.length === 0
      ? listPlaces(files)
      : names.map((name) => {
          const place = findPlace(files, name, session.sessionProfile);
          return place ?? { profile: findProfile(files, name).name, sessionProfile: name };
        });
  return places.map((place) => describeSession(files, place, now, session.minTtlSeconds));
}

async function show(rows: readonly StatusRow[], settings: Settings, world: World): Promise<void> {
  if (rows.length === 0) {
    world.stderr.write(
      'mfa-profile: no session, and no profile with an MFA device; set one up with: mfa-profile init\n',
    );
    return;
  }
  const { renderStatusTable } = await import('../core/status-table.ts');
  const { isTerminal, columns } = world.stdout;
  const color = wantsColor({ mayColor: settings.mayColor, isTerminal, env: world.env });
  world.stdout.write(
    renderStatusTable(rows, world.now(), {
      color,
      columns: isTerminal ? (columns ?? 80) : undefined,
    }),
  );
}
