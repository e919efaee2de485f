/** Exit 4, 6 and 7, the rotation of a key cannot begin or go on, in Japanese. */
import { formatLocalTime } from '../local-time.ts';
import { pasted, pastedName } from '../pasted.ts';
import type { Of, Translated } from './entry.ts';
import type { rotation } from './rotation.ts';

export const japanese: Translated<typeof rotation> = {
  'not-rotatable': ({ profile, why, source, file = '' }) =>
    ({
      role: [
        `プロファイル ${profile} はロールのため、アクセスキーがありません`,
        `引き受けに使うアクセスキーをローテーションしてください: mfa-profile rotate ${source === undefined ? 'NAME' : pastedName(source)}`,
      ],
      process: [
        `プロファイル ${profile} のアクセスキーは credential_process から取得しているため、変更できません`,
        'IAM コンソールで新しいアクセスキーを作成し、credential_process のプログラムが読み取る場所に保存してください',
      ],
      'config-file': [
        `プロファイル ${profile} のアクセスキーは ${file} にあります。ローテーションできるのは認証情報ファイルのキーだけです`,
        `キーの 2 行を認証情報ファイルの [${profile}] に移してから、もう一度実行してください`,
      ],
    })[why] as [string, string],
  'key-not-active': ({ profile, accessKeyId, isListed }) => [
    isListed
      ? `プロファイル ${profile} のアクセスキーは非アクティブです: ${accessKeyId}`
      : `プロファイル ${profile} のユーザーに、アクセスキー ${accessKeyId} はありません`,
    isListed
      ? 'IAM コンソールでアクティブにしてから、もう一度実行してください'
      : `どのユーザーのキーか確認してください: mfa-profile whoami ${pastedName(profile)}`,
  ],
  'two-keys': (problem) => [
    `${problem.profile} のユーザーには別のアクセスキーがあり、IAM の上限 (2 個) に達しています: ${problem.accessKeyId} (${keyWords(problem)})`,
    secondKeyHint(problem),
  ],
  'key-changed': ({ profile, path, newKeyId }) => [
    `${path} の ${profile} のアクセスキーがほかのプログラムに変更されたため、新しいキー ${newKeyId} を保存しませんでした。どちらのキーもアクティブです`,
    `新しいキーを削除するには: mfa-profile rotate ${pastedName(profile)} --abandon`,
  ],
  'too-late-to-abandon': ({ profile, newKeyId }) => [
    `${profile} の新しいキー ${newKeyId} はすでに認証情報ファイルにあり、以前のキーのシークレットアクセスキーは残っていません`,
    `取り消さずに続けてください: mfa-profile rotate ${pastedName(profile)} --finish`,
  ],
  'key-maybe-made': ({ profile }) => [
    `CreateAccessKey の応答が失われました。${profile} に、シークレットアクセスキーのわからないキーが作成された可能性があります`,
    `もう一度実行すると確認できます。取り消すには: mfa-profile rotate ${pastedName(profile)} --abandon`,
  ],
  'key-not-ready': ({ profile, newKeyId, seconds }) => [
    `AWS が ${profile} の新しいキー ${newKeyId} をまだ受け付けません (${seconds} 秒間試行)。認証情報ファイルは変更していません`,
    `あとで続けるには: mfa-profile rotate ${pastedName(profile)} --finish`,
  ],
  'still-rotating': ({ profile, seconds }) => [
    `別の mfa-profile が ${profile} のアクセスキーをローテーション中です (${seconds} 秒待機)`,
    `終了後に続けるには: mfa-profile rotate ${pastedName(profile)} --finish`,
  ],
};

function keyWords({ way, created, lastUsed }: Of<'two-keys'>): string {
  const state = way === 'active' || way === 'unfinished' ? 'アクティブ' : '非アクティブ';
  const use =
    typeof lastUsed === 'number'
      ? `最終使用 ${formatLocalTime(lastUsed)}`
      : lastUsed === 'never'
        ? '未使用'
        : '最終使用は不明';
  return `${state}、作成 ${formatLocalTime(created)}、${use}`;
}

function secondKeyHint({ profile, accessKeyId, way }: Of<'two-keys'>): string {
  const rotate = `mfa-profile rotate ${pastedName(profile)}`;
  switch (way) {
    case 'retired':
      return `前回のローテーションで置き換えたキーです。使っているものがなければ削除してください: ${rotate} --finish`;
    case 'unfinished':
      return `中断したローテーションで作成されたキーで、シークレットアクセスキーはわかりません。削除するには: ${rotate} --abandon`;
    case 'inactive':
      return `使っているものがなければ、削除して続けてください: ${rotate} --replace-key ${pasted(accessKeyId)}`;
    case 'active':
      return `使っているものがないことを確認してください。削除して続けるには: ${rotate} --replace-key ${pasted(accessKeyId)} --yes`;
  }
}
