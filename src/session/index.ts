/**
 * Makes sure that a session is valid: read → plan, and only if the plan says so, renewal.ts. Most
 * runs end with a valid session, so what only a renewal needs is not even loaded here.
 */
import type { CodeDesk } from './codes.ts';
import type { SessionSettings } from './options.ts';
import type { Reporter } from '../output/reporter.ts';
import type { World } from '../world.ts';
import type { Outcome, RunContext, Wish } from './context.ts';
import { onTheWay } from './bad-setting.ts';
import { lookUp } from './lookup.ts';
import { words } from './words.ts';

/** The sessions of one run of the program: what one exchange learns of a device, the next knows. */
export interface Sessions {
  /** @throws Failure, also if a session was issued and could not be written */
  ensure(name: string): Promise<Outcome>;
  /**
   * For use at once: a session that could not be written serves too, with a warning.
   * @throws Failure
   */
  ensureForNow(name: string): Promise<Outcome>;
  close(): void;
}

export function startSessions(
  settings: SessionSettings,
  world: World,
  reporter: Reporter,
): Sessions {
  let desk: Promise<CodeDesk> | undefined;
  const openDesk = async (): Promise<CodeDesk> => {
    const { openCodeDesk } = await import('./renewal.ts');
    return openCodeDesk(context);
  };
  const context: RunContext = {
    settings,
    world,
    reporter,
    codes: () => (desk ??= openDesk()),
    renewed: new Set(),
    supplied: new Map(),
    renewals: [],
    since: world.began,
    ensure: (wish) => onTheWay([...wish.path, wish.name], () => ensureSession(wish, context)),
    check: (wish) => onTheWay([...wish.path, wish.name], () => checkSession(wish, context)),
  };
  const ensure = async (name: string): Promise<Outcome> => {
    try {
      return await context.ensure({ name, path: [], force: settings.session.force });
    } catch (error) {
      const { warnOfWhatIsMissing } = await import('./missing.ts');
      throw await warnOfWhatIsMissing(error, settings.files, world, reporter);
    }
  };
  return {
    ensure: async (name) => {
      const outcome = await ensure(name);
      return outcome.unstored ? (await import('./unstored.ts')).requireStored(outcome) : outcome;
    },
    ensureForNow: async (name) => {
      const outcome = await ensure(name);
      if (outcome.unstored) {
        await (await import('./unstored.ts')).warnOfUnstored(outcome, reporter);
      }
      return outcome;
    },
    close: () => {
      void desk?.then((opened) => opened.close());
    },
  };
}

async function ensureSession(wish: Wish, context: RunContext): Promise<Outcome> {
  const { target, plan } = await lookUp(wish, context);
  const { profile, sessionName } = target;
  context.reporter.debug(
    `${profile.name}: [${sessionName}] in ${context.settings.files.credentials}: ${plan.kind}` +
      (plan.kind === 'exchange' ? ` (${plan.because})` : ''),
  );
  if (plan.kind === 'reuse') {
    return { profile, sessionName, session: plan.session, action: 'reused' };
  }
  if (plan.kind === 'exchange' && plan.changed) {
    context.reporter.say(words.changed(sessionName, profile.name, plan.changed));
  }
  const { renewSession } = await import('./renewal.ts');
  return renewSession(target, wish, context);
}

async function checkSession(wish: Wish, context: RunContext): Promise<void> {
  const { target, plan } = await lookUp(wish, context);
  if (plan.kind === 'exchange') {
    const { checkRenewal } = await import('./renewal.ts');
    await checkRenewal(target, wish, context);
  }
}
