/** What a set-up asks a person: the access key of a profile without one, and how long a session lasts. */
import { refuseDoubled } from './config-change.ts';
import { parseDocument, putSection } from '../document/index.ts';
import {
  DEFAULT_SESSION_SECONDS,
  LONGEST_SESSION_SECONDS,
  SHORTEST_SESSION_SECONDS,
  formatDuration,
  parseDuration,
} from '../aws/duration.ts';
import type { Failure } from '../problems/problem.ts';
import type { Profile } from '../profiles/profiles.ts';
import { lockWaiting } from '../session/lock-wait.ts';
import type { SetupContext } from './context.ts';
import type { Terminal } from '../world.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

/** @throws what it was given, where the person stores the keys by other means */
export async function askForKeys(
  name: string,
  terminal: Terminal,
  missing: Failure,
  { settings, world, tell }: SetupContext,
): Promise<void> {
  const file = settings.files.credentials;
  terminal.say(words.noKey(name, file));
  const answer = await terminal.choose(words.howToAdd, [words.typeHere, words.addMyself(name)]);
  if (answer !== 0) throw missing;
  const store = await world.store();
  await store.assertWritable(file);
  const accessKeyId = await terminal.askText(words.keyId, { check: judgeAccessKey });
  const secret = await terminal.askSecret(words.secretKey);
  const set = new Map([
    ['aws_access_key_id', accessKeyId],
    ['aws_secret_access_key', secret.reveal()],
  ]);
  await store.withLockedUpdate(
    file,
    (bytes) => {
      const document = parseDocument(bytes, file);
      refuseDoubled(document, name);
      return putSection(document, name, { set });
    },
    lockWaiting(world, tell),
  );
  terminal.say(words.keySaved(name, file));
}

function judgeAccessKey(text: string): Said | undefined {
  if (text.trim().startsWith('ASIA')) return words.sessionKey;
  return /^[A-Z0-9]{16,128}$/.test(text.trim()) ? undefined : words.badKeyId;
}

/** Seconds: what is known already, what the person says, or the usual. */
export async function chooseDuration(
  profile: Profile,
  serial: string,
  given: number | undefined,
  { settings, terminal }: SetupContext,
): Promise<number> {
  const known = settings.session.durationSeconds ?? given;
  if (known !== undefined) return known;
  const before = readSeconds(profile.settings.get('duration_seconds') ?? '');
  // AWS gives root users an hour at most.
  const usual = serial.endsWith(':mfa/root-account-mfa-device') ? 3600 : DEFAULT_SESSION_SECONDS;
  const seconds = before ?? usual;
  if (!terminal) return seconds;
  const answer = await terminal.askText(words.length, {
    usual: spell(seconds),
    check: (text) => (readSeconds(text) === undefined ? words.badLength : undefined),
  });
  return readSeconds(answer)!;
}

function spell(seconds: number): string {
  return seconds % 60 === 0 ? formatDuration(seconds).replace(' ', '') : String(seconds);
}

/** Seconds within AWS's bounds. */
function readSeconds(text: string): number | undefined {
  const seconds = parseDuration(text.trim());
  const isInBounds =
    seconds !== undefined &&
    seconds >= SHORTEST_SESSION_SECONDS &&
    seconds <= LONGEST_SESSION_SECONDS;
  return isInBounds ? seconds : undefined;
}
