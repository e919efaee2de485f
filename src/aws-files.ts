/** Reads the two AWS files, and does not believe a file that is empty for a moment only. */
import { parseDocument } from './core/document.ts';
import type { AwsFiles } from './core/profiles.ts';
import type { FilePaths } from './core/session-options.ts';
import type { World } from './world.ts';

// `aws configure set` truncates before it writes: a reader beside it meets an empty file now and
// then, and one that takes it for the truth asks for a code although the session is good.
const EMPTY_LOOKS = 3;
const EMPTY_PAUSE_MS = 15;

async function readSettled(path: string, world: World): Promise<Uint8Array> {
  for (let look = 1; ; look++) {
    const bytes = world.readFile(path);
    if (bytes === undefined) return new Uint8Array(0);
    if (bytes.length > 0 || look === EMPTY_LOOKS) return bytes;
    await world.sleep(EMPTY_PAUSE_MS);
  }
}

/** A file that is not there reads as an empty one. @throws Failure unreadable-file, unparsable-file */
export async function readAwsFiles(paths: FilePaths, world: World): Promise<AwsFiles> {
  const credentials = await readSettled(paths.credentials, world);
  const config = await readSettled(paths.config, world);
  return {
    credentials: parseDocument(credentials, paths.credentials),
    config: parseDocument(config, paths.config),
  };
}
