/** What `doctor` finds, in Japanese. */
import { japanese as ofOutput } from '../../output/words.ja.ts';
import { settingLine } from '../../output/words/place.ts';
import { pasted, pastedName } from '../../output/pasted.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { formatSeconds } from '../../output/japanese-time.ts';
import { formatLocalTime } from '../../output/local-time.ts';
import type { Translation } from '../../problems/text.ts';
import type { Leftover } from '../../world.ts';
import { closing } from './report-words.ts';
import type { english } from './report-words.ts';

const KINDS: Readonly<Record<Leftover['kind'], string>> = {
  'temporary file': '一時ファイル',
  lock: 'ロック',
  'file in the place of a lock': 'ロックと同じ名前のファイル',
};

const STATES: Readonly<Record<SessionState, string>> = {
  valid: 'は有効です',
  expiring: 'はまもなく期限切れになります',
  expired: 'は期限切れです',
  stale:
    'を取得した後に、プロファイルのアクセスキー、デバイス、ロール、またはアカウントが変わりました',
  missing: 'はまだ取得していません',
  unknown: 'の有効期限を読み取れません',
};

const clock = (seconds: number): string =>
  `このマシンの時計は AWS より ${formatSeconds(Math.abs(seconds))}${seconds > 0 ? '進んで' : '遅れて'}います`;

const MOST_NAMED = 5;

function fewOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join('、');
  return more > 0 ? `${shown} ほか ${more} 件` : shown;
}

export const japanese: Translation<typeof english> = {
  good: 'OK',
  warning: '警告',
  bad: 'NG',
  sum: (good, warnings, bad) => `OK ${good} 件、警告 ${warnings} 件、NG ${bad} 件`,
  node: (version) => `Node.js ${version}`,
  oldNode: (version) => `Node.js ${version} は古すぎます`,
  installNode: (least) => `Node.js ${least} 以降をインストールしてください`,
  notRegular: (file) => `${file} は通常のファイルではないため、AWS CLI は何も読み取れません`,
  keepRegular: '内容を通常のファイルに保存してください',
  noFile: (file) => `${file} がありません`,
  initCreates: '作成するには: mfa-profile init',
  usable: (file) => `${file} は読み書きできます`,
  wellFormed: (file) => `${file} の書式に問題はありません`,
  finding: (file, line, section, what) =>
    `${file} の ${line} 行目:${section === undefined ? '' : ` [${section}]`} ${what}`,
  mode: (path, mode) => `${path} のアクセス権は ${mode} です`,
  foreign: (path, owner) => `${path} の所有者は別のユーザーです (uid ${owner})`,
  ownFile: '自分が所有するファイルに認証情報を保存してください',
  openToOthers: (path, mode, others) =>
    `${path} のアクセス権は ${mode} です: ほかのユーザーが${others === 'read' ? '読めます' : '書き込めます'}`,
  elsewhere: '認証情報は ~/.aws など別の場所に保存してください',
  chmod: (path, mode) =>
    `chmod ${mode} ${pasted(path)}、または次を実行してください: mfa-profile doctor --fix`,
  noList: (path) => `${path} のアクセス許可を読み取れません`,
  showList: (path) => `読めるユーザーを確認するには: icacls ${pasted(path)}`,
  closedByList: (path) => `${path} のアクセス許可には、ほかのユーザーはありません`,
  openByList: (path, { names, others }) =>
    `${path} はアクセス許可により、ほかのユーザーが${others === 'read' ? '読めます' : '書き込めます'}: ${names.join(', ')}`,
  closeList: (path, found, how) => `自分だけに制限するには: ${closing(path, found, how)}`,
  closed: (path, before, now) => `${path} のアクセス権を ${before} から ${now} に変更しました`,
  notFixed: (message, code) => `${message} (修正できませんでした: ${code})`,
  fileForLock: (path) => `ロックを作成する場所に、別のファイルがあります: ${path}`,
  removeFile: '使っているプログラムがなければ、削除してください',
  leftover: (path, kind) => `強制終了したプログラムの${KINDS[kind]}が残っています: ${path}`,
  fixRemoves: '削除するには: mfa-profile doctor --fix',
  removed: (path, kind) => `強制終了したプログラムの${KINDS[kind]}を削除しました: ${path}`,
  shadowing: (names) =>
    `${names.join('、')} が設定されています。多くの AWS ツールはプロファイルより環境変数を優先します`,
  gone: (file, path) => `${file} が起動する ${path} は、もうありません`,
  scheduleAgain: (scheduler) =>
    `もう一度インストールしてください: mfa-profile schedule ${scheduler} --install`,
  starts: (file, command) => `${file} は ${command} を起動します`,
  otherAccount: (outside, profile, account) =>
    `AWS_ACCOUNT_ID は ${outside} ですが、${profile} のアカウントは ${account} です`,
  otherHome: (folder, home) =>
    `HOME の下にも ${folder} があります。AWS CLI とこのプログラムは ${home} の下を読みますが、一部の AWS SDK は HOME の下を読みます`,
  oneHome: (home) =>
    `ファイルを ${home} の下にまとめ、もう一方のファイルか HOME を削除してください`,
  unset: (command) => `環境変数を解除してください: ${command}`,
  unknownProfile: (variable, profile) =>
    `${variable} のプロファイル ${profile} は、どちらのファイルにもありません`,
  unsetOrSetUp: (command) => `そのプロファイルを設定するか、環境変数を解除してください: ${command}`,
  nodeTrustsAll: 'NODE_TLS_REJECT_UNAUTHORIZED=0: Node.js が証明書を検証しません',
  nodeDebug:
    'NODE_DEBUG が設定されています: Node.js 自体がセッショントークンやプログラムの環境変数を出力します',
  unsetNodeTrust: '環境変数を解除し、CA 証明書を AWS_CA_BUNDLE で指定してください',
  noShadowing: 'プロファイルより優先される環境変数はありません',
  wordProfile: (file, name) =>
    `${file} の [${name}]: "profile" を付けるのは設定ファイルのセクション名だけです`,
  lookalike: (file, line, header, profile) =>
    `${file} の ${line} 行目: AWS のツールは [${header}] をプロファイル ${profile} とは読みません`,
  misread: (file, line, header) =>
    `${file} の ${line} 行目: AWS のツールは [${header}] をこのプロファイルとして読み取りません`,
  renameTo: (name) => `セクション名を [${name}] に変更してください`,
  oddName: (file, name, reason) => `${file} の [${name}]: ${reason}`,
  skipped: 'この名前のプロファイルを読み取れない AWS SDK があります',
  portableName: '英数字と _ . / % @ - だけを使ってください',
  noSecret: (name, file) =>
    `${file} の [${name}] にはアクセスキー ID だけがあり、aws_secret_access_key がありません`,
  noKeyId: (name, file) =>
    `${file} の [${name}] にはシークレットアクセスキーだけがあり、aws_access_key_id がありません`,
  storeBoth: (name) => `両方を保存し直してください: mfa-profile init ${pastedName(name)}`,
  oldToken: (name, file) =>
    `${file} の [${name}] に以前の aws_security_token が残っています。AWS CLI は aws_session_token よりこちらを優先します`,
  deleteToken: 'この行を削除するか、セッションを更新してください',
  noToken: (name, file) =>
    `${file} の [${name}] にセッションのアクセスキーがありますが、aws_session_token がありません`,
  deleteSection: 'セクションを削除し、セッションを更新してください',
  keyInTheWay: (session, file, profile) =>
    `${profile} のセッションを保存する ${file} の [${session}] に、長期的なアクセスキーがあります`,
  moveKey: (profile) =>
    `アクセスキーを [${profile}] に移すか、session_profile で別のセクションを指定してください`,
  sessionValid: (session, until) => `${session} は ${formatLocalTime(until)} まで有効です`,
  beyondSts: (session, seconds) =>
    `${session} の残り時間は ${formatSeconds(seconds)}ですが、STS のセッションは最長 36 時間です`,
  checkClock: (name) =>
    `このマシンの時計を確認してから、新しく取得してください: mfa-profile refresh ${pastedName(name)} --force`,
  sessionNotValid: (session, state) => `${session} ${STATES[state]}`,
  refreshIt: (name) => `新しく取得するには: mfa-profile refresh ${pastedName(name)}`,
  servedFrom: (name, source) =>
    `${name} は ${source} のセッションを credential_process で取得します`,
  keyBesideProcess: (name) =>
    `${name} には credential_process のほかにアクセスキーがあります。AWS のツールは長期的なアクセスキーを使い、セッションを使いません`,
  ownProfile: 'credential_process を、アクセスキーのない別のプロファイルに移してください',
  batchProcess: (name, program, whole) =>
    `${name} の credential_process にある ${program} の実体は ${whole} です。AWS CLI と Python は、拡張子のない名前では .exe しか見つけられません`,
  wholeName: (whole) => `拡張子まで書いてください: ${whole}`,
  servedFromNobody: (name, source) =>
    `${name} の credential_process が指定する ${source} は、どちらのファイルにもありません`,
  nameASource: '長期的なアクセスキーがあるプロファイルを指定してください',
  noSources: '長期的なアクセスキーのあるプロファイルが見つかりません',
  storeYours: 'アクセスキーを保存するには: mfa-profile init NAME',
  badDuration: (name, least, most, line) =>
    `${name} の duration_seconds が ${least} から ${most} の範囲の整数ではありません (${line})`,
  badAccount: (name, line) =>
    `${name} の aws_account_id が 12 桁の数字ではありません。AWS のツールは接続先の組み立てに使います (${line})`,
  settingLine: (place) => settingLine(place, ofOutput),
  correctAccount: '番号を直すか、その行を削除してください',
  inSeconds: '秒数で指定してください (12 時間は 43200)',
  noRegion: (name) =>
    `${name} にリージョンが設定されていません (AWS CLI は "You must specify a region" と表示します)`,
  setRegion: (name) =>
    `リージョンを設定し、セッションを取り直すには: mfa-profile init ${pastedName(name)} --region REGION --force`,
  noDevice: (name) => `${name} に MFA デバイスが設定されていません`,
  misnamed: (name, file, line, written) =>
    `${name} に MFA デバイスが設定されていません: ${file} の ${line} 行目の ${written} は AWS のツールに無視されます`,
  writeInstead: (setting) => `${setting} と書いてください`,
  initIfAny: (name) =>
    `MFA デバイスがある場合は、次を実行してください: mfa-profile init ${pastedName(name)}`,
  badSerial: (name, reason, line) => `${name} の mfa_serial: ${reason} (${line})`,
  findDevice: (name) => `MFA デバイスを検索するには: mfa-profile init ${pastedName(name)}`,
  otherPartition: (region, name, partition) =>
    `${name} のリージョン ${region} は、MFA デバイスのパーティション ${partition} にありません`,
  setPartition: (name, partition) =>
    `[profile ${name}] の region に、パーティション ${partition} のリージョンを設定してください`,
  serial: (name, serial) => `${name} の mfa_serial: ${serial}`,
  throughProxy: (url, variable) => `プロキシ ${url} を使って AWS に接続します (${variable})`,
  direct: 'プロキシを使わずに AWS に接続します',
  proxyOfSystem: (url) =>
    `システムの設定にプロキシ ${url} がありますが、AWS CLI と違い mfa-profile は使いません`,
  setProxy: (line) => `AWS に接続できない場合: ${line}`,
  proxyByScript: 'システムの設定ではプロキシをスクリプトで選びますが、mfa-profile は実行しません',
  askForProxy: 'AWS に接続できない場合は、会社のプロキシを HTTPS_PROXY に設定してください',
  trustsAll: '--no-verify-ssl: 証明書を検証しません',
  nameCa: '--no-verify-ssl をやめ、--ca-bundle で CA 証明書を指定してください',
  readable: (endpoint) =>
    `${endpoint} との通信は TLS で保護されていません。MFA コードとセッションが経路上で盗み見られる可能性があります`,
  useHttps: 'https:// で始まるエンドポイントを指定してください',
  trusts: (file) => `${file} の証明書も信頼します`,
  answers: (endpoint) => `${endpoint} から応答がありました`,
  keyOf: (profile, arn) => `${profile} のアクセスキーは ${arn} のものです`,
  noDate: '応答に日時がないため、時計を確認できません',
  clockAgrees: 'このマシンの時計は AWS と一致しています',
  clockOff: clock,
  clockRefused: (seconds) => `${clock(seconds)}。AWS はこの時刻の署名を拒否します`,
  setClock: '時計を合わせてください (timedatectl set-ntp true、WSL2 では sudo hwclock -s)',
  plainKeys: (profiles, file) =>
    `${fewOf(profiles)} のアクセスキーは ${file} に平文で保存されています`,
  couldMove: (profile, store) =>
    `保管先に移すと、ファイルを集めるプログラムから守れます (自分の権限で動くプログラムからは守れません): mfa-profile keys move ${pastedName(profile)} --to ${store}`,
  keyInStore: (profile, place) => `${profile} のアクセスキーの保管先: ${place}`,
  unfinished: (profile, began) =>
    `${formatLocalTime(began)} に開始した ${profile} のアクセスキーのローテーションが中断しています`,
  finish: (profile) => `続けるには: mfa-profile rotate ${pastedName(profile)} --finish`,
  finishOrAbandon: (profile) =>
    `取り消すには --finish の代わりに --abandon を付けてください。続けるには: mfa-profile rotate ${pastedName(profile)} --finish`,
  retired: (profile, keyId) =>
    `前回のローテーションで非アクティブにした ${profile} の以前のキー ${keyId} が、まだ削除されていません`,
  deleteOld: (profile) =>
    `使っているものがなくなったら、削除してください: mfa-profile rotate ${pastedName(profile)} --finish`,
  halfMoved: (profile) =>
    `${profile} のアクセスキーが保管先とファイルの両方にあります (keys move または keys restore が中断)`,
  finishMove: (profile, store) =>
    `移動を続けるには: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  processGone: (profile, path) =>
    `${profile} の credential_process が呼び出す ${path} がなくなっています`,
  pinAgain: (profile, store) =>
    `その行を書き直すには: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  keyAge: (profile, days) => `${profile} のアクセスキーは作成から ${days} 日経過しています`,
  replaceKey:
    'IAM コンソールで新しいキーを作成して、プログラムが読み取る場所に保存し、以前のキーをコンソールで削除してください',
  rotate: (profile) => `新しいキーに置き換えるには: mfa-profile rotate ${pastedName(profile)}`,
  keyAgeUnknown: (profile) =>
    `${profile} のアクセスキーの作成日は確認できません (iam:ListAccessKeys の権限がありません)`,
};
