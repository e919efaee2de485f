/** What `doctor` finds in the text of the two files. */
import { bad, good, warning } from './check.ts';
import type { Check } from './check.ts';
import {
  canWriteName,
  configProfileName,
  inspectDocument,
  readSection,
} from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { meaningOf } from '../../document/finding-words.ts';
import { isProfile, meantForAny, misreadSections } from '../../profiles/lookalikes.ts';
import { spellInvisible } from '../../output/printable.ts';
import type { AwsFiles } from '../../profiles/profiles.ts';
import { holdsLongTermKey, readKeys } from '../../credentials/keys.ts';
import { words } from './report-words.ts';

/** What AWS's readers have trouble with, with lines. @param codePage as `codePageOf` has it */
export function checkContents(document: Document, codePage: number | undefined): Check[] {
  const checks = inspectDocument(document, codePage).map((finding): Check => {
    const { status, words: what, hint } = meaningOf(finding);
    const { line, section } = finding;
    const message = words.finding(document.path, line, section, what);
    return { check: 'contents', status, message, hint };
  });
  return checks.length > 0 ? checks : [good('contents', words.wellFormed(document.path))];
}

/** Sections of the config file that no AWS tool reads: most lack the word `profile`. */
export function checkConfigSections(config: Document): Check[] {
  return misreadSections(config).map(({ path, line, header, wanted }) =>
    warning('names', words.misread(path, line, spellInvisible(header)), words.renameTo(wanted)),
  );
}

/** Sections of the credentials file that were meant for a profile that has no key there. */
export function checkMeantSections(files: AwsFiles, names: readonly string[]): Check[] {
  const { credentials, config } = files;
  // A name with what cannot be seen in it is the mistake itself.
  const known = config.sections
    .flatMap(({ name }) => configProfileName(name) ?? [])
    .filter((name) => !/\p{Cf}/u.test(name));
  const without = [...new Set([...names, ...known])].filter(
    (name) => !readKeys(readSection(credentials, name) ?? new Map()),
  );
  const inConfig = new Set(known);
  const isKnown = (name: string): boolean =>
    inConfig.has(name) || readSection(credentials, name) !== undefined;
  return (
    meantForAny(credentials, without)
      .filter(({ header }) => !header.startsWith('profile '))
      // Of a name that is in neither file it is the name that was mistyped.
      .filter(({ header, name }) => isKnown(name) || !isProfile(files, header))
      .map(({ path, line, header, wanted, name }) =>
        warning(
          'names',
          words.lookalike(path, line, spellInvisible(header), name),
          words.renameTo(wanted),
        ),
      )
  );
}

/** Names that not every AWS SDK reads, and sections whose keys contradict each other. */
export function checkSections(credentials: Document): Check[] {
  const names = [...new Set(credentials.sections.map(({ name }) => name))];
  return names.flatMap((name) => [
    ...checkName(name, credentials.path),
    ...checkKeys(name, credentials),
  ]);
}

function checkName(name: string, path: string): Check[] {
  const verdict = canWriteName(name);
  if (name.startsWith('profile ')) {
    return [warning('names', words.wordProfile(path, name), words.renameTo(name.slice(8).trim()))];
  }
  // The reserved ones are reported with their lines.
  if ((verdict.ok && verdict.portable) || /^(?:DEFAULT|__proto__)$/.test(name)) return [];
  const reason = verdict.ok ? words.skipped : verdict.reason;
  return [warning('names', words.oddName(path, name, reason), words.portableName)];
}

function checkKeys(name: string, credentials: Document): Check[] {
  const values = readSection(credentials, name)!;
  const keys = readKeys(values);
  const checks: Check[] = [];
  if (keys && !keys.secretAccessKey) {
    checks.push(bad('contents', words.noSecret(name, credentials.path), words.storeBoth(name)));
  }
  if (!keys && values.get('aws_secret_access_key')) {
    checks.push(bad('contents', words.noKeyId(name, credentials.path), words.storeBoth(name)));
  }
  const [old, current] = [values.get('aws_security_token'), values.get('aws_session_token')];
  if (old && current && old !== current) {
    checks.push(warning('contents', words.oldToken(name, credentials.path), words.deleteToken));
  }
  if (keys?.accessKeyId.startsWith('ASIA') && !keys.sessionToken) {
    checks.push(bad('contents', words.noToken(name, credentials.path), words.deleteSection));
  }
  return checks;
}

/** A long-term key in the section of a session. */
export function checkSessionSection(
  credentials: Document,
  profile: string,
  session: string,
): Check[] {
  const values = readSection(credentials, session);
  if (!values || session === profile || !holdsLongTermKey(values)) return [];
  return [
    bad('session', words.keyInTheWay(session, credentials.path, profile), words.moveKey(profile)),
  ];
}
