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

/** @throws what it was given, where the person stores the keys by other means */
export async function askForKeys(
  name: string,
  terminal: Terminal,
  missing: Failure,
  { settings, world, tell }: SetupContext,
): Promise<void> {
  const file = settings.files.credentials;
  terminal.say(`Profile ${name} has no access key in ${file}.`);
  const answer = await terminal.choose('How shall it get there?', [
    'I type it in here; the secret is not shown',
    `I store it myself with: aws configure --profile ${name}`,
  ]);
  if (answer !== 0) throw missing;
  const store = await world.store();
  store.assertWritable(file);
  const accessKeyId = await terminal.askText('AWS access key ID', { check: judgeAccessKey });
  const secret = await terminal.askSecret('AWS secret access key');
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
  terminal.say(`saved in [${name}] of ${file}`);
}

function judgeAccessKey(text: string): string | undefined {
  if (text.trim().startsWith('ASIA'))
    return 'that is the key of a session; a long-term key is needed';
  return /^[A-Z0-9]{16,128}$/.test(text.trim())
    ? undefined
    : 'an access key ID is of capitals and digits, such as AKIA…';
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
  const answer = await terminal.askText('How long shall a session last (15m to 36h)?', {
    usual: spell(seconds),
    check: (text) =>
      readSeconds(text) === undefined
        ? 'a duration from 15m to 36h, such as 12h or 1h30m'
        : undefined,
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
