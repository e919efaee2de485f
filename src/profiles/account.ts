/**
 * Which account a profile's session is in, as far as the files tell: no key is ever decoded for it.
 */
import type { SessionHome } from '../credentials/environment.ts';
import type { Values } from '../document/values.ts';

const ACCOUNT = /^\d{12}$/;
const IN_ARN = /^arn:[a-z-]+:iam::(\d{12}):/;

/** The account that the profile itself names. Only this one is written to files unasked. */
function statedAccount(settings: Values): string | undefined {
  const account = settings.get('aws_account_id');
  return account && ACCOUNT.test(account) ? account : undefined;
}

/** The account by all that the profile says: of a role its own, of a user that of the device. */
export function accountOf(settings: Values): string | undefined {
  const arn = settings.get('role_arn') || settings.get('mfa_serial') || '';
  return statedAccount(settings) ?? IN_ARN.exec(arn)?.[1];
}

/**
 * Where a profile's session is at home, for programs that get it by their environment. The SDKs
 * build some endpoints from the account, which not every network allows: it is handed on if
 * somebody set AWS_ACCOUNT_ID before, or the profile says it.
 */
export function homeOf(
  settings: Values,
  env: Readonly<Record<string, string | undefined>>,
): SessionHome {
  return {
    region: settings.get('region'),
    accountId: env['AWS_ACCOUNT_ID'] ? accountOf(settings) : statedAccount(settings),
  };
}
