/** The Japanese catalogues: complete, and made of characters that every Windows program can show. */
import { JAPANESE } from '../../src/japanese.ts';
import { SOURCES as files, readSource as read } from '../support/project-files.ts';

const japaneseFiles = files.filter((file) => file.endsWith('.ja.ts'));

/** Everything that Windows' Japanese code page has beside ASCII, by the decoder that Node has. */
function cp932(): Set<string> {
  const decoder = new TextDecoder('shift_jis');
  const characters = new Set<string>();
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1) characters.add(text);
    }
  }
  return characters;
}

const CP932 = cp932();

const named = files.flatMap((file) =>
  [...read(file).matchAll(/= texts\('([a-z-]+)'/g)].map(([, catalogue]) => catalogue!),
);

test('there are catalogues, each under a name of its own', () => {
  expect(named.length).toBeGreaterThan(15);
  expect(new Set(named).size).toBe(named.length);
});

test.each(named)('%s is there in Japanese', (catalogue) => {
  expect(Object.keys(JAPANESE)).toContain(catalogue);
});

describe.each(japaneseFiles)('%s', (file) => {
  const text = read(file);

  test('holds only ASCII, kana, kanji and 、。「」・ー, and CP932 has them', () => {
    const odd = [...text].filter(
      (character) =>
        !/[\n -~]/.test(character) &&
        !(
          /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}、。「」・ー]/u.test(character) &&
          CP932.has(character)
        ),
    );
    expect(odd).toEqual([]);
  });

  test('ends no line with a full stop, and has blanks around what is half as wide', () => {
    expect(text).not.toMatch(/。['`]/);
    expect(
      text.match(/.{0,8}[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}][A-Za-z0-9].{0,8}/gu),
    ).toBeNull();
    expect(
      text.match(/.{0,8}[A-Za-z0-9][\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}].{0,8}/gu),
    ).toBeNull();
  });

  test('has none of the words that the guide rules out', () => {
    expect(text).not.toMatch(
      /クレデンシャル|プロフィール|リフレッシュ|トークンコード|ワンタイム|資格情報|ユーザ(?!ー)|フォルダ(?!ー)|して下さい|ことができます|[?!]。|パーミッション|他の|再取得が/,
    );
  });
});
