/** What `exec` says, in Japanese. */
import type { Translation } from '../../problems/text.ts';
import type { english } from './said.ts';

export const japanese: Translation<typeof english> = {
  nested: (name, outer) =>
    `このシェルではすでに ${outer} のセッションを使っています。その中で ${name} のシェルを開きます (exit で元に戻ります)`,
};
