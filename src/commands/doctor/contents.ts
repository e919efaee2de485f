/** What `doctor` finds in the text of the two files. */
import { bad, good, warning } from './check.ts';
import type { Check } from './check.ts';
import { canWriteName, inspectDocument, readSection } from '../../document/index.ts';
import type { Document } from '../../document/index.ts';
import { meaningOf } from '../../document/finding-words.ts';
import { holdsLongTermKey, readKeys } from '../../credentials/keys.ts';

/** What AWS's readers would stumble over, with lines. */
export function checkContents(document: Document): Check[] {
  const checks = inspectDocument(document).map((finding): Check => {
    const { status, words, hint } = meaningOf(finding);
    const where = `${document.path}, line ${finding.line}`;
    const section = finding.section === undefined ? '' : ` [${finding.section}]`;
    return { check: 'contents', status, message: `${where}:${section} ${words}`, hint };
  });
  return checks.length > 0 ? checks : [good('contents', `${document.path} is well-formed`)];
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
  const where = `${path}: [${name}]`;
  if (name.startsWith('profile ')) {
    return [
      warning(
        'names',
        `${where}: the word "profile" belongs in the config file alone`,
        `rename it to [${name.slice(8).trim()}]`,
      ),
    ];
  }
  // The reserved ones are told of with their lines.
  if ((verdict.ok && verdict.portable) || /^(?:DEFAULT|__proto__)$/.test(name)) return [];
  const reason = verdict.ok ? 'some AWS SDKs drop a name like this' : verdict.reason;
  return [warning('names', `${where}: ${reason}`, 'use letters, digits and _ . / % @ - alone')];
}

function checkKeys(name: string, credentials: Document): Check[] {
  const values = readSection(credentials, name)!;
  const where = `[${name}] in ${credentials.path}`;
  const keys = readKeys(values);
  const checks: Check[] = [];
  if (keys && !keys.secretAccessKey) {
    checks.push(
      bad(
        'contents',
        `${where} has an access key without aws_secret_access_key`,
        `store both again: aws configure --profile ${name}`,
      ),
    );
  }
  if (!keys && values.get('aws_secret_access_key')) {
    checks.push(
      bad(
        'contents',
        `${where} has a secret key without aws_access_key_id`,
        `store both again: aws configure --profile ${name}`,
      ),
    );
  }
  const [old, current] = [values.get('aws_security_token'), values.get('aws_session_token')];
  if (old && current && old !== current) {
    checks.push(
      warning(
        'contents',
        `${where} has a stale aws_security_token, which the AWS CLI prefers to aws_session_token`,
        'take that line away, or refresh the session',
      ),
    );
  }
  if (keys?.accessKeyId.startsWith('ASIA') && !keys.sessionToken) {
    checks.push(
      bad(
        'contents',
        `${where} has the key of a session without its aws_session_token`,
        'take the section away and refresh the session',
      ),
    );
  }
  return checks;
}

/** A long-term key where a session is to be kept. */
export function checkSessionSection(
  credentials: Document,
  profile: string,
  session: string,
): Check[] {
  const values = readSection(credentials, session);
  if (!values || session === profile || !holdsLongTermKey(values)) return [];
  return [
    bad(
      'session',
      `[${session}] in ${credentials.path}, where the session of ${profile} is kept, holds a long-term key`,
      `move the key to [${profile}], or name another section by session_profile`,
    ),
  ];
}
