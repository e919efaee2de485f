/** The words of the help that belong to no single command, in Japanese. */
import type { HelpFrame, OptionWords } from './help.ts';

export const FRAME: HelpFrame = {
  usage: '使い方:',
  summary: '長期的なアクセスキーと MFA コードからセッションを取得し、プロファイルとして保存',
  commands: 'コマンド:',
  options: 'オプション:',
  globalOptions: '共通オプション:',
  examples: '例:',
  closing: [
    '最初に: mfa-profile init prod       毎日: mfa-profile refresh prod',
    '確認: mfa-profile status、mfa-profile whoami prod  削除: mfa-profile clear prod',
    '詳細: mfa-profile COMMAND --help、$(npm root -g)/mfa-profile/docs/ja/commands.md',
  ],
  more: '詳細: $(npm root -g)/mfa-profile/docs/ja/commands.md',
};

export const OPTION_WORDS: OptionWords = {
  profile: 'プロファイル (NAME の代わり)',
  'credentials-file': '~/.aws/credentials の代わりに使うファイル',
  'config-file': '~/.aws/config の代わりに使うファイル',
  'endpoint-url': 'AWS の代わりに接続する URL',
  region: 'STS に接続するリージョン',
  'ca-bundle': '信頼する CA 証明書のファイル (PEM)',
  'no-verify-ssl': '証明書を検証しない (危険)',
  'cli-connect-timeout': '接続を待つ秒数 (デフォルト: 10、0 は無制限)',
  'cli-read-timeout': '応答を待つ秒数 (デフォルト: 30、0 は無制限)',
  json: 'JSON で出力 (出力があるコマンドのみ)',
  quiet: '警告とエラーだけを表示',
  debug: '処理の内容と理由を表示 (秘密の値は表示しない)',
  'no-color': '色を付けない (NO_COLOR でも可)',
  'token-code': 'MFA コード (- で標準入力から読み取り)',
  'serial-number': 'mfa_serial の代わりに使う MFA デバイス',
  'duration-seconds': 'セッションの有効期間 (900 から 129600)',
  duration: 'セッションの有効期間 (15m、12h、1h30m など)',
  'min-ttl': '残り時間がこれより短ければ更新 (デフォルト: 5m)',
  force: '有効なセッションがあっても新しく取得',
  'no-prompt': '入力を求めない (MFA コードが必要なら終了コード 3)',
  prompt: '入力方法 (terminal、window、auto、none)',
  'mfa-process': 'MFA コードを出力するコマンド',
  'session-profile': 'セッションを保存するプロファイル',
  help: 'ヘルプを表示',
  version: 'バージョンを表示',
};
