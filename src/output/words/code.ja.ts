/** Exit 3 in Japanese. */
import { japanese as ofOutput } from '../words.ja.ts';
import type { code } from './code.ts';
import type { Of, Translated } from './entry.ts';

const WHY_NONE: Readonly<Record<Of<'no-code'>['why'], (tried: readonly string[]) => string>> = {
  'no-prompt': () => '--no-prompt のため入力を求められません',
  'mfa-prompt': () => 'mfa_prompt = none のため入力を求められません',
  'no-terminal': () => '入力できる端末がありません',
  'no-console': () => '入力できるコンソールがありません',
  'no-display': () =>
    'ウィンドウを開くディスプレイがありません (DISPLAY も WAYLAND_DISPLAY も設定されていません)',
  'no-window': (tried) => `入力のウィンドウを開けるプログラムがありません (${tried.join('、')})`,
  'no-answer': () => '5 分以内にウィンドウへの入力がありませんでした',
};

export const japanese: Translated<typeof code> = {
  'no-code': ({ session, why, tried = [] }) => [
    `${session} のセッションを取得するには MFA コードが必要ですが、${WHY_NONE[why](tried)}`,
    why === 'no-window' || why === 'no-display' || why === 'no-answer'
      ? '--prompt terminal で端末に入力するか、--token-code CODE (標準入力からは --token-code -) で指定するか、コードを出力するコマンドを mfa_process に設定してください'
      : why === 'mfa-prompt'
        ? '--prompt terminal を付けて入力するか、--token-code CODE (標準入力からは --token-code -) で指定してください'
        : why === 'no-console'
          ? '-t CODE (標準入力からは -t -) で指定するか、Git Bash では同じ引数を winpty mfa-profile.cmd に付けて実行するか、コードを出力するコマンドを mfa_process に設定してください'
          : '--token-code CODE (標準入力からは --token-code -) で指定するか、コードを出力するコマンドを mfa_process に設定するか、端末で実行してください',
  ],
  'code-command-failed': ({ session, how, at }) => [
    `${session} の mfa_process から MFA コードを取得できませんでした: ${how}${at ? ` (${ofOutput.lineOf(at.path, at.line)})` : ''}`,
    'このコマンドを手動で実行し、6 桁の数字を出力して終了コード 0 で終わることを確認してください',
  ],
  'still-asked': ({ session, seconds, at }) =>
    at === 'question'
      ? [
          `別の mfa-profile が ${session} の MFA コードの入力を待っています (${seconds} 秒経過)`,
          'そちらに入力するか終了させてから、もう一度実行してください',
        ]
      : [
          at === 'command'
            ? `別の mfa-profile が ${session} の mfa_process を実行しています (${seconds} 秒経過)`
            : `別の mfa-profile が ${session} を AWS に要求しています (${seconds} 秒経過)`,
          'そちらの終了を待つか終了させてから、もう一度実行してください',
        ],
};
