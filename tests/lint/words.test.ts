/** The comments of the sources: words and turns that plain, current English has better ones for. */
import ts from 'typescript';
import { filesIn, readProjectFile } from '../support/project-files.ts';

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
  [/\b(?:undefined|true|false|null|none|empty|nothing) where\b/i, 'if'],
  [/@throws [^.;]*\bwhere\b/, 'if'],
];

const sourcesIn = (folder: string) =>
  filesIn(folder).filter((name) => /\.(?:ts|mjs|cjs)$/.test(name));

/** The comments of a source, each on one line: what looks like one outside of every literal. */
function commentsOf(text: string): string[] {
  const literals = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    const isLiteral = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (isLiteral || ts.isRegularExpressionLiteral(node))
      literals.set(node.getStart(source), node.end);
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest);
  visit(source);
  const found: string[] = [];
  const part = /\/\*[^]*?\*\/|\/\/.*|["'`/}]/g;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const end = literals.get(match.index);
    if (end !== undefined) part.lastIndex = end;
    else if (match[0].length > 1) found.push(match[0].replace(/\n\s*(?:\*|\/\/)?\s*/g, ' '));
  }
  return found;
}

test.each(['src', 'scripts', 'tests', 'fixtures', 'bench'])('comments in %s', (folder) => {
  const found = sourcesIn(folder).flatMap((name) =>
    commentsOf(readProjectFile(name)).flatMap((comment) =>
      BETTER.filter(([words]) => words.test(comment)).map(
        ([words, better]) => `${name}: ${words.exec(comment)?.[0]} → ${better}: ${comment}`,
      ),
    ),
  );
  expect(found).toEqual([]);
});

/** Titles, which are read when a test fails. */
const WORSE_IN_TITLES: [RegExp, string][] = [
  ...BETTER,
  [/\bof ours\b/, 'of this program'],
  [/\bsession is (?:over|good)\b|\bgood session\b/, 'has expired, is valid'],
  [/\bours? alone\b|\bus alone\b|\bowner alone\b/, 'only'],
];

function titlesOf(text: string): string[] {
  const titles: string[] = [];
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText(source);
      if (/^(?:having\([^)]*\)\.)?(?:test|describe|testWith|describeWith)\b/.test(callee)) {
        titles.push(...node.arguments.filter(ts.isStringLiteralLike).map((each) => each.text));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

test('titles of the tests', () => {
  const titles = filesIn('tests')
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => titlesOf(readProjectFile(name)));
  expect(titles.length).toBeGreaterThan(800);
  const found = titles.flatMap((title) =>
    WORSE_IN_TITLES.filter(([words]) => words.test(title)).map(
      ([, better]) => `${title} → ${better}`,
    ),
  );
  expect(found).toEqual([]);
});

test('a comment is found wherever it stands', () => {
  const text =
    '/** Mended. */\nconst a = { b: 1 /* x */, // it heeds\n  c: [\n    // for ever\n    2,\n  ],\n};\n';
  expect(commentsOf(text).join('\n')).toMatch(/Mended[^]*for ever/);
});
