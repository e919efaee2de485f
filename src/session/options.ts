/** What the command line may say about getting a session, as checked values. */
import type { ConnectionOptions } from '../aws/connection.ts';
import { LONGEST_SESSION_SECONDS, parseDuration } from '../aws/duration.ts';
import type { Secret } from '../credentials/secret.ts';

/** Where the two files of the AWS tools are. */
export interface FilePaths {
  readonly credentials: string;
  readonly config: string;
}

/** How a person is asked for a code: `auto` in a window only where there is no terminal. */
export const PROMPT_WAYS = ['auto', 'terminal', 'window', 'none'] as const;
export type PromptWay = (typeof PROMPT_WAYS)[number];

export interface SessionOptions {
  /** A code given beforehand; `stdin` if it is to be read from there. */
  readonly tokenCode: Secret | 'stdin' | undefined;
  readonly serialNumber: string | undefined;
  readonly durationSeconds: number | undefined;
  /** Whether this very command line asks for that duration; a variable goes for all of them. */
  readonly isDurationOnLine?: boolean;
  /** True if a role is to be assumed with its source's long-term key, however short it is to last. */
  readonly prefersDirect?: boolean;
  readonly minTtlSeconds: number;
  readonly force: boolean;
  /** False with --no-prompt: a person is never asked. */
  readonly mayPrompt: boolean;
  /** What --prompt says; the profile's mfa_prompt decides if it says nothing. */
  readonly prompt?: PromptWay | undefined;
  readonly mfaProcess: string | undefined;
  readonly sessionProfile: string | undefined;
}

/** All that `ensureSession` has to know of a command line. */
export interface SessionSettings {
  readonly files: FilePaths;
  readonly connection: ConnectionOptions;
  readonly session: SessionOptions;
}

export const DEFAULT_MIN_TTL_SECONDS = 300;

/**
 * Seconds of a --min-ttl; the default where none was given.
 * @returns undefined for what is no duration, or longer than any session
 */
export function parseMinTtl(given: string | undefined): number | undefined {
  if (given === undefined) return DEFAULT_MIN_TTL_SECONDS;
  const seconds = parseDuration(given);
  return seconds !== undefined && seconds <= LONGEST_SESSION_SECONDS ? seconds : undefined;
}
