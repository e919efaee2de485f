/** Exit 4, from `console`, in Japanese. */
import { pasted, pastedName } from '../pasted.ts';
import type { Translated } from './entry.ts';
import type { toConsole } from './console.ts';

export const japanese: Translated<typeof toConsole> = {
  'console-of-user': ({ profile, roles: [role], isSession }) => [
    isSession
      ? `${profile} の内容はセッションです。コンソールを開けるのは、mfa-profile が引き受けたロールのセッションだけです`
      : role === undefined
        ? `${profile} はユーザーで、これを使うロールもありません。セッションでコンソールを開けるのはロールだけです`
        : `${profile} はユーザーです。セッションでコンソールを開けるのはロールだけです`,
    isSession
      ? 'role_arn と source_profile を書いたロールのプロファイルを指定してください'
      : role === undefined
        ? `role_arn と source_profile = ${pasted(profile)} を書いたロールのプロファイルを指定してください。このユーザーで使うには、パスワードでコンソールにサインインしてください`
        : `ロールを指定してください (このユーザーで使うには、パスワードでコンソールにサインインしてください): mfa-profile console ${pastedName(role)}`,
  ],
  'no-sign-in': ({ partition }) => [
    `パーティション ${partition} には、セッションでコンソールにサインインするための公開 URL がありません`,
    '組織の手順でコンソールにサインインしてください。セッションは AWS のツールで使えます',
  ],
  'no-browser': ({ tried, how, line }) => [
    how === undefined
      ? `ブラウザーを開くプログラムが見つかりません (${tried.join('、')})`
      : `${tried.join('、')} でコンソールを開けませんでした: ${how}`,
    `ブラウザーは --browser CMD で指定できます。URL を表示するには: ${line}`,
  ],
};
