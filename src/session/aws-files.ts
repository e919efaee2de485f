/**
 * Reads the two AWS files; one that looks empty or truncated is read again before it is trusted.
 */
import { looksCut, parseDocument } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import type { AwsFiles } from '../profiles/profiles.ts';
import type { FilePaths } from './options.ts';
import type { Clock, Files } from '../world.ts';

// `aws configure set` truncates before it writes: a reader beside it meets an empty file now and
// then, or one cut at a page's end, and if it took that for the truth it would ask for a code
// although the session is valid. On a busy machine the writer may be halted there for a while.
const SETTLING_MS = 500;
const PAUSE_MS = 15;
/** A file that was last written so long ago is as it is. */
const AT_REST_MS = 2000;

async function readSettled(path: string, world: Files & Clock): Promise<Uint8Array> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    const bytes = world.readFile(path);
    if (bytes === undefined) return new Uint8Array(0);
    if (!looksCut(bytes) || waited >= SETTLING_MS) return bytes;
    const written = world.lastWritten(path);
    if (written === undefined || world.now() - written > AT_REST_MS) return bytes;
    await world.sleep(PAUSE_MS);
  }
}

/**
 * A file that is not there reads as an empty one. @throws Failure unreadable-file, unparsable-file
 */
export async function readAwsFiles(paths: FilePaths, world: Files & Clock): Promise<AwsFiles> {
  const credentials = await readSettled(paths.credentials, world);
  const config = await readSettled(paths.config, world);
  return {
    credentials: parseChanged(credentials, paths.credentials, world),
    config: parseChanged(config, paths.config, world),
  };
}

/**
 * What a run has read of each file last. It looks again after every wait and for every profile: a
 * file that has stayed the same byte for byte is not parsed again.
 */
const lastRead = new WeakMap<Files, Map<string, Read>>();

interface Read {
  readonly bytes: Uint8Array;
  readonly document: Document;
}

function parseChanged(bytes: Uint8Array, path: string, world: Files & Clock): Document {
  let reads = lastRead.get(world);
  if (!reads) lastRead.set(world, (reads = new Map<string, Read>()));
  const last = reads.get(path);
  if (last && Buffer.compare(last.bytes, bytes) === 0) return last.document;
  const document = parseDocument(bytes, path);
  reads.set(path, { bytes, document });
  return document;
}
