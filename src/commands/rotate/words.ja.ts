/** The words of `rotate` in Japanese. */
import { formatLocalTime } from '../../output/local-time.ts';
import { pastedName } from '../../output/pasted.ts';
import type { Help } from '../../cli/help.ts';
import type { Translation } from '../../problems/text.ts';
import type { Own } from './command.ts';
import type { english } from './words.ts';

export const help: Help<Own> = {
  summary: '長期的なアクセスキーを新しいキーに置き換え',
  options: {
    delete: '以前のキーを非アクティブにした後、削除',
    finish: '中断したローテーションを続行。完了済みなら以前のキーを削除',
    abandon: '中断したローテーションを取り消し、新しいキーを削除',
    'replace-key': '先に 2 つ目のキーを削除 (アクセスキー ID を指定)',
    yes: 'すべての質問に「はい」で回答 (アクティブなキーの削除も許可)',
  },
  examples: [
    ['mfa-profile rotate prod', '以前のキーは非アクティブになる'],
    ['mfa-profile rotate prod --finish', '数日後に以前のキーを削除'],
    ['mfa-profile rotate prod --delete', '両方を 1 回で実行'],
  ],
};

export const japanese: Translation<typeof english> = {
  finishOrAbandon: '--finish と --abandon は同時に指定できません',
  deleteOrAbandon: '--delete と --abandon は同時に指定できません',
  replaceAlone: '--replace-key は --finish や --abandon と同時に指定できません',
  badKeyId: '--replace-key にはアクセスキー ID を指定してください (例: AKIAIOSFODNN7EXAMPLE)',
  wait: (profile) =>
    `別の mfa-profile が ${profile} のアクセスキーをローテーション中のため、待っています`,
  doneElsewhere: (profile) =>
    `別の mfa-profile が ${profile} のアクセスキーをローテーションしたため、何もしません`,
  nothingPending: (profile) =>
    `${profile} のアクセスキーに中断したローテーションはないため、何もしません`,
  goesOn: (profile, began) =>
    `${formatLocalTime(began)} に開始した ${profile} のアクセスキーのローテーションを続けます`,
  keptIn: (newKeyId, journal) =>
    `新しいアクセスキー ${newKeyId} は、保管先に保存できるまで ${journal} に残ります`,
  created: (keyId) =>
    `アクセスキー ${keyId} を作成しました。AWS で使えるようになるまで待っています`,
  deleted: (keyId) => `アクセスキー ${keyId} を削除しました`,
  deleteLost: (keyId, created) =>
    `中断したローテーションで作成されたアクセスキー ${keyId} (${formatLocalTime(created)}、未使用) があり、シークレットアクセスキーはわかりません。削除しますか?`,
  maybeMade: (profile) =>
    `シークレットアクセスキーのわからないキーが作成された可能性があります。検索して削除するには: mfa-profile rotate ${pastedName(profile)} --abandon`,
  rotated: (profile, newKeyId, oldKeyId, isDeleted) =>
    `${profile} のアクセスキーを ${newKeyId} に変更しました。${oldKeyId} は${isDeleted ? '削除しました' : '非アクティブです'}`,
  deleteLater: (profile, oldKeyId) =>
    `${oldKeyId} を使っているものがなくなったら、削除してください: mfa-profile rotate ${pastedName(profile)} --finish`,
  abandoned: (profile) => `${profile} のアクセスキーはローテーション前のままです`,
  shared: (keyId, sections) =>
    `以前のキー ${keyId} がほかのセクションにもあります (変更していません): ${sections.map((name) => `[${name}]`).join('、')}`,
  oldSession: (session, profile, isStore) =>
    `${session} は以前のキーで取得したセッションです。新しく取得するには: mfa-profile refresh ${pastedName(profile)}${isStore ? ' --force' : ''}`,
  getSession: '新しいキーでセッションを取得しますか?',
};
