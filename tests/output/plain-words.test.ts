/** Words that read as if translated, and were replaced: they must not come back. */
import { PAGES, SOURCES, readProjectFile, readSource } from '../support/project-files.ts';

/** Files that hold what people read in English. */
const files = SOURCES.filter((file) =>
  /(words|said|mistakes)\.ts$|output\/words\/[a-z]+\.ts$/.test(file),
);

const GONE: readonly RegExp[] = [
  /good until|is good|are good|still good/,
  /(?:is|are) over\b/,
  /for ever\b/,
  /\bmend(?:s|ed)?\b/,
  /forbids to/,
  /(?:stands?|put it) behind/,
  /did not take|was not taken|not take the (?:new key|code)|until AWS takes/,
  /whose place/,
  /one word too many/,
  /must lie between/,
  /How shall/,
  /is of capitals/,
  /does not fit its/,
  /browser alone|keys alone|file alone|- alone/,
  /in place of/,
  /round in a circle/,
  /anybody on the way/,
  /say nothing but/,
  /stands in the way/,
  /looked after/,
  /\b(?:and|which) \$\{\w+\} is none\b/,
  /cannot (?:be \$\{given\}|do that)/,
  /run it on a terminal/,
];

test.each(files)('%s', (file) => {
  const text = readSource(file)
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\/\/.*/g, '');
  expect(files.length).toBeGreaterThan(20);
  for (const words of GONE) expect(text.match(words)?.[0]).toBeUndefined();
});

const ENGLISH = PAGES.filter((page) => /^(?:README|CONTRIBUTING|docs\/[^/]+)\.md$/.test(page));

/** Of the pages: the AWS world says valid, expired, rejected, only, after, instead of. */
const GONE_FROM_PAGES: readonly RegExp[] = [
  ...GONE,
  /(?:session|it) is (?:good|over)\b/,
  /a good session/,
  /\b(?:files|names?|variables|comparison|keys|itself|program) alone\b/,
  /opens TLS/,
  /whoever/,
  /spelt out/,
  /something else than/,
  /by that it\b/,
  /\bIs there [^?.]*, it\b/,
  /small letters/,
  /\bcolours?\b/,
  /\blicences?\b/,
];

test.each(ENGLISH)('%s', (page) => {
  const text = readProjectFile(page).replace(/^```[^]*?^```/gm, '');
  for (const words of GONE_FROM_PAGES) expect(text.match(words)?.[0]).toBeUndefined();
});
