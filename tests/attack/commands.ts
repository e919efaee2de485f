/** The commands that are attacked, with how the files look before and after each. */
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Attack } from '../support/attack.ts';
import { configOf, hoursAhead, sessionText } from '../support/scene.ts';

const BEFORE = credentialsOf(ALICE);
const SESSION = sessionText('alice_token', {
  x_security_token_expires: hoursAhead(-1),
  manager: 'mfa-profile',
});
/** A section of ours, whole. */
const NEW_SESSION =
  /\n\[alice_token\]\naws_access_key_id = ASIA\w+\naws_secret_access_key = \S+\naws_session_token = \S+\nx_security_token_expires = \S+\nmanager = mfa-profile\n(?:\w+ = .+\n)*$/;
const CONFIG = '[default]\nregion = eu-west-1\n';

export interface AttackedCommand {
  readonly name: string;
  readonly credentials: string;
  readonly config: string;
  readonly args: (attack: Attack) => string[];
  /** Whether the files are what the command makes of them. */
  readonly isNew: (credentials: string, config: string) => boolean;
}

export const ATTACKED: readonly AttackedCommand[] = [
  {
    name: 'refresh',
    credentials: BEFORE,
    config: configOf(ALICE),
    args: (attack) => attack.refresh(),
    isNew: (text) => text.startsWith(BEFORE) && NEW_SESSION.test(text.slice(BEFORE.length)),
  },
  {
    name: 'clear',
    credentials: `${BEFORE}\n${SESSION}`,
    config: configOf(ALICE),
    args: () => ['clear', 'alice'],
    isNew: (text) => text === BEFORE,
  },
  {
    name: 'init',
    credentials: BEFORE,
    config: CONFIG,
    args: ({ sts }) => [
      ...['init', 'alice', '--serial-number', 'arn:aws:iam::123456789012:mfa/alice'],
      ...['--duration-seconds', '3600', '--token-code', sts.code('alice')],
    ],
    // Two files: the config file comes first, and is of use without the session.
    isNew: (text, config) =>
      text.startsWith(BEFORE) &&
      config.startsWith(CONFIG) &&
      (text === BEFORE || NEW_SESSION.test(text.slice(BEFORE.length))) &&
      /\[profile alice\]\n(?:\w+ = .+\n)+$/.test(config),
  },
];

/** What the files are after an attack: `old`, `new`, or what is wrong. */
export function stateOf({ box }: Attack, command: AttackedCommand): string {
  const [text, config] = [box.readCredentials(), box.readConfig()];
  if (text === command.credentials && config === command.config) return 'old';
  return command.isNew(text, config) ? 'new' : `${text}${config}`;
}
