/**
 * What users of other tools have: the `setting.ini` of a batch file, and aws-mfa's long-term
 * sections.
 */
import { parse } from 'ini';
import { Failure } from '../../problems/problem.ts';
import { LONGEST_SESSION_SECONDS, SHORTEST_SESSION_SECONDS } from '../../aws/duration.ts';
import { words } from './words.ts';

export interface BatchSettings {
  readonly serialNumber: string;
  readonly durationSeconds: number | undefined;
}

/** Takes `ARN` and `DurationSeconds` from a batch user's settings. @throws Failure cannot-adopt */
export function readBatchSettings(bytes: Uint8Array, from: string): BatchSettings {
  const values = flatten(parse(decodeText(bytes)));
  const serialNumber = values.get('arn');
  if (!serialNumber) throw new Failure({ kind: 'cannot-adopt', from, reason: words.noArn });
  return {
    serialNumber,
    durationSeconds: readDuration(values.get('durationseconds'), 'DurationSeconds', from),
  };
}

/**
 * Text as a Windows program left it: Notepad used to save UTF-16, and puts a BOM before UTF-8; what
 * is neither is Shift_JIS, as comments in a Japanese Windows are.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

/**
 * By key in lower case, from whatever section they stand in, however deep; the first of a key
 * counts.
 */
function flatten(parsed: object): Map<string, string> {
  const values = new Map<string, string>();
  const waiting: [string, unknown][] = [['', parsed]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [key, value] = next;
    if (typeof value === 'object' && value !== null) {
      for (const entry of Object.entries(value).reverse()) waiting.push(entry);
    } else if (!values.has(key.toLowerCase())) values.set(key.toLowerCase(), String(value).trim());
  }
  return values;
}

function readDuration(text: string | undefined, key: string, from: string): number | undefined {
  if (!text) return undefined;
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (seconds >= SHORTEST_SESSION_SECONDS && seconds <= LONGEST_SESSION_SECONDS) return seconds;
  throw new Failure({
    kind: 'cannot-adopt',
    from,
    reason: words.badNumber(key, SHORTEST_SESSION_SECONDS, LONGEST_SESSION_SECONDS),
  });
}
