/** Where an MFA code comes from: the option, then the profile's command, then the person. */
import { Failure, isFailure } from '../problems/problem.ts';
import type { Problem, SettingLine } from '../problems/problem.ts';
import { Secret } from '../credentials/secret.ts';
import { readTokenCode } from '../aws/mfa-device.ts';
import type { PromptWay, SessionOptions } from './options.ts';
import type { Reporter } from '../output/reporter.ts';
import type { CodeWindow, Terminal, WantedCode, World } from '../world.ts';
import type { Said } from '../problems/text.ts';
import { words } from './words.ts';

export interface CodeRequest {
  readonly session: string;
  readonly serialNumber: string;
  /** The profile's `mfa_process`. */
  readonly mfaProcess: string | undefined;
  /** Where it stands. */
  readonly mfaProcessAt?: SettingLine | undefined;
  /** The profile's `mfa_prompt`. */
  readonly prompt?: PromptWay | undefined;
}

export interface Code {
  readonly value: Secret;
  readonly from: 'option' | 'process' | 'prompt';
}

/**
 * Hands out codes for one run of the program; remembers what was given and what AWS has accepted.
 */
export interface CodeDesk {
  next(request: CodeRequest): Promise<Code>;
  /** AWS accepted this code of the device: the device's next one is needed from now on. */
  taken(serialNumber: string, code: Code): void;
  /** AWS rejected it. @returns whether another code may be asked for */
  refused(request: CodeRequest, code: Code): Promise<boolean>;
  /** Whether {@link next} could come by a code at all. */
  canServe(request: CodeRequest): Promise<boolean>;
  /** True if a person could be asked. @param prompt the profile's `mfa_prompt` */
  hasPerson(prompt?: PromptWay): Promise<boolean>;
  close(): void;
}

/** How a code that takes a while to come is waited for beside others who want the same session. */
export interface Waiting {
  /** The session profile that the next code is for; undefined outside of a renewal. */
  session(): string | undefined;
  /**
   * Lets others go first while `act` waits for somebody or something; `until` is aborted once what
   * it waits for is no longer needed.
   * @param gate what only one program at a time does
   */
  aside<T>(act: (until: AbortSignal) => Promise<T>, gate?: 'question' | 'command'): Promise<T>;
  /**
   * Waits while another program asks somebody, or a command. Returns at once if none does.
   */
  others(): Promise<void>;
}

// RFC 6238, section 5.2: AWS's devices show a new code every 30 seconds.
const STEP_MS = 30_000;
// A machine that is a little behind would otherwise still be shown the old code.
const STEP_MARGIN_MS = 1_000;
const PROMPT_TRIES = 3;

/** Whoever is asked, at a terminal or in a window. */
type Asker = Pick<Terminal, 'askCode' | 'say'>;

/** Why nobody can be asked. */
type Missing = Pick<Extract<Problem, { kind: 'no-code' }>, 'why' | 'tried'>;

const missingWindow = (tried: readonly string[]): Missing =>
  tried.length === 0 ? { why: 'no-display' } : { why: 'no-window', tried: [...tried] };

export function makeCodeDesk(
  options: SessionOptions,
  world: World,
  reporter: Reporter,
  waiting: Waiting,
): CodeDesk {
  let fromOption = options.tokenCode;
  let terminal: Promise<Terminal | undefined> | undefined;
  /**
   * Codes that AWS has seen from a device in this run, and the devices whose last one it accepted.
   */
  const spent = new Map<string, Set<string>>();
  const served = new Set<string>();
  const prompted = new Map<string, number>();
  /** Sessions for which AWS rejected a command's code. */
  const refusedOnce = new Set<string>();

  let window: Promise<CodeWindow | readonly string[]> | undefined;
  /** What the next window has to say before it asks, by the profile that it asks for. */
  const untold = new Map<string, Said[]>();

  const wayOf = (prompt: PromptWay | undefined): PromptWay =>
    options.mayPrompt ? (options.prompt ?? prompt ?? 'terminal') : 'none';

  /** The person, by the way that is wanted; else what is missing for it. */
  async function findPerson(
    prompt: PromptWay | undefined,
    session = '',
  ): Promise<Asker | { readonly missing: Missing }> {
    const way = wayOf(prompt);
    if (way === 'none') {
      const isOwn = options.mayPrompt && options.prompt === undefined;
      return { missing: { why: isOwn ? 'mfa-prompt' : 'no-prompt' } };
    }
    const found = way === 'window' ? undefined : await (terminal ??= world.terminal());
    if (found) return found;
    if (way === 'terminal') {
      return { missing: { why: world.platform === 'win32' ? 'no-console' : 'no-terminal' } };
    }
    const opened = await (window ??= world.codeWindow());
    return 'ask' in opened ? inWindow(opened, session) : { missing: missingWindow(opened) };
  }

  /** A window is asked in anew each time, and tells what the terminal would have told before. */
  function inWindow(opened: CodeWindow, session: string): Asker {
    const lines = untold.get(session) ?? [];
    untold.set(session, lines);
    return {
      say: (line) => void lines.push(line),
      askCode: async (question, _serialNumber, until) => {
        const answer = await opened.ask([...lines.splice(0), question], until);
        if (answer.kind === 'code') return answer.code;
        const missing: Missing =
          answer.kind === 'late' ? { why: 'no-answer' } : missingWindow(answer.tried);
        throw new Failure({ kind: 'no-code', session, ...missing });
      },
    };
  }

  async function person(prompt: PromptWay | undefined, session?: string) {
    const found = await findPerson(prompt, session);
    return 'missing' in found ? undefined : found;
  }

  const isSpent = (serialNumber: string, code: Secret): boolean =>
    spent.get(serialNumber)?.has(code.reveal()) ?? false;

  const spend = (serialNumber: string, code: Secret): void => {
    spent.set(serialNumber, (spent.get(serialNumber) ?? new Set()).add(code.reveal()));
  };

  async function waitForNextStep(
    serialNumber: string,
    say: (serial: string, seconds: number) => Said,
  ): Promise<void> {
    const wait = STEP_MS - (world.now() % STEP_MS) + STEP_MARGIN_MS;
    reporter.say(say(serialNumber, Math.ceil(wait / 1000)));
    await waiting.aside((until) => world.sleep(wait, until));
  }

  async function fromStdin(): Promise<Secret> {
    const line = await waiting.aside((until) => world.readStdin(until));
    const code = readTokenCode(line);
    if (code === undefined) {
      throw new Failure({
        kind: 'usage',
        message: words.stdinHasNoCode,
      });
    }
    return new Secret(code);
  }

  /** A failure of the profile's own command names the line that it is in. */
  async function runCommand(
    command: string,
    wanted: WantedCode,
    until: AbortSignal,
    { mfaProcessAt }: CodeRequest,
  ): Promise<Secret> {
    try {
      return await world.runCodeCommand(command, wanted, until);
    } catch (error) {
      const isOwn = options.mfaProcess === undefined && mfaProcessAt !== undefined;
      if (!isOwn || !isFailure(error) || error.problem.kind !== 'code-command-failed') throw error;
      throw new Failure({ ...error.problem, at: mfaProcessAt });
    }
  }

  /** Never a code that AWS has seen: it would only be rejected. */
  async function runProcess(command: string, request: CodeRequest): Promise<Secret> {
    const { session, serialNumber } = request;
    const wanted = { profile: session, session: waiting.session(), serialNumber };
    // It may ask somebody: a code in hand elsewhere goes first.
    const run = (): Promise<Secret> =>
      waiting.aside((until) => runCommand(command, wanted, until, request), 'command');
    let code = await run();
    if (isSpent(serialNumber, code) && !refusedOnce.has(session)) {
      await waitForNextStep(serialNumber, words.waitAfterUse);
      code = await run();
    }
    if (!isSpent(serialNumber, code)) return code;
    throw new Failure({ kind: 'wrong-code', profile: session });
  }

  async function ask(at: Asker, request: CodeRequest, until: AbortSignal): Promise<Secret> {
    const { session, serialNumber } = request;
    if (served.has(serialNumber)) {
      at.say(words.lastCodeUsed(serialNumber));
    }
    for (;;) {
      const question = words.askCode(session, serialNumber);
      const code = await at.askCode(question, serialNumber, until);
      if (!isSpent(serialNumber, code)) return code;
      at.say(words.codeUsed);
    }
  }

  return {
    async next(request) {
      if (fromOption !== undefined) {
        const given = fromOption;
        fromOption = undefined;
        return { value: given === 'stdin' ? await fromStdin() : given, from: 'option' };
      }
      const command = options.mfaProcess ?? request.mfaProcess;
      if (command) return { value: await runProcess(command, request), from: 'process' };
      const at = await findPerson(request.prompt, request.session);
      if (!('missing' in at)) {
        const value = await waiting.aside((until) => ask(at, request, until), 'question');
        return { value, from: 'prompt' };
      }
      await waiting.others();
      throw new Failure({ kind: 'no-code', session: request.session, ...at.missing });
    },
    taken: (serialNumber, code) => {
      served.add(serialNumber);
      spend(serialNumber, code.value);
    },
    async refused(request, code) {
      const { session, serialNumber } = request;
      spend(serialNumber, code.value);
      if (code.from === 'process') {
        if (refusedOnce.has(session)) return false;
        refusedOnce.add(session);
        // Another program may have used it: the next one is worth a try.
        await waitForNextStep(serialNumber, words.waitAfterRejection);
        return true;
      }
      if (code.from === 'option') return false;
      const tries = (prompted.get(session) ?? 0) + 1;
      prompted.set(session, tries);
      if (tries >= PROMPT_TRIES) return false;
      const at = await person(request.prompt, session);
      at?.say(words.codeRejected(PROMPT_TRIES - tries));
      return true;
    },
    canServe: async ({ mfaProcess, prompt }) =>
      fromOption !== undefined ||
      Boolean(options.mfaProcess ?? mfaProcess) ||
      (await person(prompt)) !== undefined,
    hasPerson: async (prompt) => (await person(prompt)) !== undefined,
    close: () => {
      void terminal?.then((open) => open?.close());
    },
  };
}
