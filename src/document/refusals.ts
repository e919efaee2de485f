/** What is never written: names and values that some AWS reader would not read back as they are. */
import { canWriteName, configProfileName } from './names.ts';
import { lineAt, strip, textStart } from './text.ts';
import type { Document } from './sections.ts';
import { words } from './words.ts';
import { Failure } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';

/** A config header's tab is its separator; no other control character may pass. */
export function checkName(name: string): void {
  const isHeader = /^profile[ \t]/.test(name) && !/[\n\r]/.test(name);
  const verdict = canWriteName((isHeader ? configProfileName(name) : undefined) ?? name);
  if (!verdict.ok)
    throw new Failure({ kind: 'bad-session-name', session: name, reason: verdict.reason });
}

/**
 * Text without any section is no file of the AWS tools, which would read nothing of it with one more
 * section at its end either: comments and blank lines may stand alone. @throws Failure
 * unparsable-file
 */
export function refuseSectionless(document: Document): void {
  if (document.sections.length > 0) return;
  const start = textStart(document.text);
  const content = /^[^\S\n]*[^\s#;].*/m.exec(document.text.slice(start));
  if (!content) return;
  throw new Failure({
    kind: 'unparsable-file',
    path: document.path,
    line: lineAt(document.text, start + content.index),
    reason: words.noSection,
    hint: words.putSection,
  });
}

/** Keys in lower case. Never the value in an error: it may be a secret. */
export function checkedSettings(
  name: string,
  set: ReadonlyMap<string, string>,
): Map<string, string> {
  const checked = new Map<string, string>();
  for (const [key, value] of set) {
    const reason = refusalOf(key, value);
    if (reason !== undefined)
      throw new Failure({ kind: 'bad-setting', profile: name, setting: key, reason });
    checked.set(key.toLowerCase(), value);
  }
  return checked;
}

function refusalOf(key: string, value: string): Said | undefined {
  if (!/^[A-Za-z_][\w.-]*$/.test(key)) return words.badKey;
  if (/[\r\n\v\f\x85\u2028\u2029]/.test(value)) return words.lineBreakInValue;
  if (/[\x00-\x1f\x7f-\x9f]/.test(value)) return words.controlInValue;
  if (/[\ud800-\udfff]/u.test(value)) return words.valueNotUnicode;
  if (value !== strip(value) || value !== value.trim()) return words.blankAroundValue;
  return undefined;
}
