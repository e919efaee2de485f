/** The comments of the sources: words and turns that plain, current English has better ones for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** Each with what to say instead; such only as have no other use in this program's comments. */
const BETTER: [RegExp, string][] = [
  [/\bin (?:the )?place of\b/i, 'instead of'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix, correct, repair'],
  [/\bfor ever\b/i, 'forever'],
  [/\bheed(?:s|ed)?\b/i, 'check, take into account'],
  [/\btold of\b/i, 'reported'],
  [/\b(?:fault|business|mistake|none|words|file) of ours\b/i, "this program's"],
  [/\bnobody sits\b/i, 'unattended, no person there'],
  [/\bbefore our eyes\b/i, 'while we watched'],
  [/\btakes? (?:it |them )?away\b/i, 'remove'],
  [/\bgood session\b|\bsession (?:that )?(?:is|was) good\b/i, 'valid session'],
  [/\bsession is over\b/i, 'the session has expired'],
  [/\bbehind (?:the (?:last|header|line|name|key|section|brackets?)|`)/i, 'after'],
  [/\b(?:undefined|true|false|null|none|empty) where\b/i, 'if'],
];

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs|cjs)$/.test(name))
    .map((name) => path.join(folder, name));
}

/** The comments of a source, each on one line. */
function commentsOf(text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const seen = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.pos) ?? []) {
      if (seen.has(pos)) continue;
      seen.add(pos);
      found.push(text.slice(pos, end).replace(/\n\s*(?:\*|\/\/)?\s*/g, ' '));
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return found;
}

test.each(['src', 'scripts', 'tests', 'fixtures', 'bench'])('comments in %s', (folder) => {
  const found = sourcesIn(folder).flatMap((name) =>
    commentsOf(readFileSync(path.join(ROOT, name), 'utf8')).flatMap((comment) =>
      BETTER.filter(([words]) => words.test(comment)).map(
        ([words, better]) => `${name}: ${words.exec(comment)?.[0]} → ${better}: ${comment}`,
      ),
    ),
  );
  expect(found).toEqual([]);
});

test('a comment is found wherever it stands', () => {
  const text =
    '/** Mended. */\nconst a = { b: 1 /* x */, // it heeds\n  c: [\n    // for ever\n    2,\n  ],\n};\n';
  expect(commentsOf(text).join('\n')).toMatch(/Mended[^]*for ever/);
});
