/** Exit 4, the place where a long-term key is kept cannot be used, in Japanese. */
import { pastedName } from '../pasted.ts';
import type { Translated } from './entry.ts';
import type { keyStore } from './key-store.ts';

const INSTALL: Readonly<Record<string, string>> = {
  'secret-service': 'インストールしてください: sudo apt-get install libsecret-tools gnome-keyring',
  pass: 'インストールしてから pass init GPG-ID を実行してください: sudo apt-get install pass (macOS では brew install pass)',
  '1password': '1Password CLI をインストールしてください (macOS では brew install 1password-cli)',
  keychain: 'macOS に付属するプログラムです。--to で別の保管先を指定してください',
  windows: 'Windows の機能です。--to で別の保管先を指定してください',
};

const CANNOT = {
  read: '読み出せません',
  write: '保管できません',
  remove: '削除できません',
} as const;
const NOT_DONE = {
  move: '移動していません',
  restore: '戻していません',
  read: '読み出していません',
} as const;

export const japanese: Translated<typeof keyStore> = {
  'no-store-program': ({ store, program }) => [
    `保管先 ${store} に必要なプログラム ${program} がありません`,
    INSTALL[store],
  ],
  'key-store-failed': ({ profile, store, doing, how }) => [
    `${profile} のアクセスキーを${CANNOT[doing]}: ${store}: ${how}`,
    doing === 'read'
      ? `保管先の初期設定とロックの解除を確認してから、もう一度試してください: mfa-profile keys show ${pastedName(profile)}`
      : '保管先の初期設定とロックの解除を確認してから、もう一度実行してください',
  ],
  'key-not-moved': ({ profile, doing, reason, hint }) => [
    `${profile} のアクセスキーは${NOT_DONE[doing]}: ${reason}`,
    hint,
  ],
};
