/** The words of `schedule` in Japanese. */
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: 'スケジューラー用の設定を出力または登録',
  options: {
    install: '登録して開始 (確認あり)',
    uninstall: '停止して削除 (確認あり)',
    'min-ttl': '残り時間がこれより短ければ更新 (デフォルト: 15m)',
    notify: '期限切れで MFA コードが必要なときにデスクトップに通知',
  },
  examples: [
    ['mfa-profile schedule systemd --install', 'MFA デバイスのある全プロファイルを 5 分ごとに確認'],
    ['mfa-profile schedule cron --profile prod', '1 つのプロファイル用の crontab の行'],
  ],
};

export const japanese: Translation<typeof english> = {
  notBoth: '--install と --uninstall は同時に指定できません',
  cronOnlyPrints:
    'schedule cron は出力だけです。--install と --uninstall は systemd、launchd、windows で使えます',
  seeComment: '登録方法は出力の最初のコメントを参照してください',
  leftOut: (variables) =>
    `${variables.join('、')} は設定に含めません (URL にログイン情報があり、ほかのユーザーが読めるため)`,
  notForTask: (what) => `${what}に、Windows のタスクに渡せない文字 (" % !) が含まれています`,
  valueOf: (name) => `${name} の値`,
  programPath: 'プログラムのパス',
  aWord: '引数',
  useConfig: 'AWS の設定ファイルに設定するか、別の名前を使ってください',
  switchedOff: (how) =>
    `${how} (システム設定の「一般」、「ログイン項目」で "node" がオフになっていないか確認してください)`,
  bootoutFailed: (target, how) =>
    `launchctl bootout ${target} に失敗しました: ${how} (ログアウトするまで実行が続くことがあります)`,
  notStopped: (command, how) => `${command} に失敗しました: ${how} (実行は続きます)`,
  upToDate: '登録済みで動作しているため、何も変更していません',
  mayInstall: (paths) => `${paths.join('、')} に書き込んで開始しますか?`,
  installed: 'セッションを 5 分ごとに確認します。取り消すには --uninstall を付けてください',
  runs: (program, node) =>
    `${node} で ${program} を実行します。どちらかを移動した場合は、もう一度実行してください`,
  loginItem:
    'macOS が "node" のバックグラウンド項目を通知することがあります。システム設定の「一般」、「ログイン項目」でオンのままにしてください',
  sampleNotification: '通知はこのように表示されます',
  noNotification:
    '通知が表示されない場合は、スクリプトエディタで一度実行してください: display notification "x"',
  notThere: (paths) => `${paths.join('、')} がないため、削除は不要です`,
  notChanged: '何も変更していません',
  mayRemove: (paths) => `停止して ${paths.join('、')} を削除しますか?`,
  removed: (paths) => `${paths.join('、')} を削除しました`,
};
