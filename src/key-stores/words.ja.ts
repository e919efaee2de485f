/** What is said of the places where a key is kept, in Japanese. */
import type { Translation } from '../problems/text.ts';
import type { english } from './words.ts';

const STORES: Readonly<Record<string, string>> = {
  keychain: 'macOS のキーチェーン',
  'secret-service': 'キーリング',
  pass: 'pass',
  '1password': '1Password',
  windows: 'Windows が暗号化するファイル',
};

export const japanese: Translation<typeof english> = {
  store: (name) => STORES[name] ?? name,
  place: (name, entry) => {
    const store = STORES[name] ?? name;
    return `${store}${/[!-~]$/.test(store) ? ' ' : ''}の ${entry}`;
  },
  otherThanStored: '保管した内容と読み出した内容が異なります',
  noKey: '項目の内容がアクセスキーではありません',
  saidNothing: (status) => `終了コード ${status} で終了しました`,
  asksItself: '同じアクセスキーを mfa-profile に問い合わせています',
  noItem: '項目にパスワードがありません',
  otherKeyThere: (place, id) =>
    `${place} には別のアクセスキー (${id}) がすでにあります。上書きしません`,
  otherThere: (place) => `${place} にはアクセスキーではない内容がすでにあります。上書きしません`,
  removeThat: (profile) =>
    `不要であればその項目を削除するか、${profile} には --to で別の保管先を指定してください`,
};
