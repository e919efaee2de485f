/**
 * The manual pages, from the tables that parsing and the help read: `man1/mfa-profile.1`, one a
 * command, and the same in Japanese in `ja/man1`. In man(7), which groff and mandoc both read.
 */
import { build } from 'esbuild';
import { MAN_WORDS } from './man-words.mjs';

/** The tables, bundled out of the sources. */
async function readTables(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      resolveDir: root,
      contents: `
        export { COMMANDS as commands } from './src/commands/index.ts';
        export { GLOBAL_OPTIONS as globalOptions, ownFirst } from './src/cli/options.ts';
        export { HELP_TEXTS as en } from './src/commands/help.ts';
        export { HELP_TEXTS as ja } from './src/commands/help.ja.ts';`,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** Text for roff: a backslash, a hyphen and the like mean themselves, and no line is a request. */
const escaped = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replace(/^[.']/, '\\&$&');
/** Running text: a hyphen inside of a word is one. */
const prose = (text) => folded(escaped(text).replace(/(?<=[a-z])\\-(?=[a-z])/g, '-'));

/** As mandoc's lint counts an input line, in which a letter beyond ASCII is `\[u30B3]`. */
const LONGEST_LINE = 78;
const lengthOf = (text) => text.replace(/[^ -~]/gu, '\\[u0000]').length;

/** Lines that are not too long, broken at blanks; within Japanese, which has none, joined by `\c`. */
function folded(text) {
  const lines = [];
  let line = '';
  for (const part of text.match(/ |[!-~]+|[^ -~]/gu) ?? []) {
    if (line !== '' && lengthOf(line + part) > LONGEST_LINE) {
      lines.push(/ $/.test(line) || part === ' ' ? line.trimEnd() : `${line}\\c`);
      line = part === ' ' ? '' : part;
    } else {
      line += part;
    }
  }
  return [...lines, line].map((each) => each.replace(/^[.']/, '\\&$&')).join('\n');
}
const bold = (text) => `\\fB${escaped(text)}\\fR`;
const italic = (text) => `\\fI${escaped(text)}\\fR`;

const section = (title, lines) => (lines.length === 0 ? [] : [`.SH "${title}"`, ...lines]);
const tagged = (tag, text) => ['.TP', tag, prose(text)];
const paragraphs = (texts) =>
  texts.flatMap((text, at) => (at === 0 ? [prose(text)] : ['.PP', prose(text)]));

/** Verbatim lines, indented. */
const shown = (lines) => ['.RS 4', '.nf', ...lines.map(escaped), '.fi', '.RE'];

const optionTag = ({ name, alias, value }) =>
  (alias === undefined ? '' : `${bold(`-${alias}`)}, `) +
  bold(`--${name}`) +
  (value === undefined ? '' : ` ${italic(value)}`);

function namesForm({ names: { value, most, least = 0 }, actions }) {
  const action = actions ? ` ${actions.map(bold).join(' | ')}` : '';
  if (most === 0) return action;
  const form = italic(value) + (most > 1 ? ' ...' : '');
  return action + (least > 0 ? ` ${form}` : ` [${form}]`);
}

const example = ([line, about], at) => [
  ...(about === '' ? [] : [...(at === 0 ? [] : ['.PP']), prose(about)]),
  ...shown([line]),
];

/** A page for each path below `man/`. @param date as 2026-11-21 */
export async function makeManPages({ root, version, date }) {
  const tables = await readTables(root);
  const pages = new Map();
  for (const language of ['en', 'ja']) {
    const folder = language === 'en' ? 'man1' : `${language}/man1`;
    const words = MAN_WORDS[language];
    const texts = tables[language];
    const head = (name) =>
      `.TH "${name.toUpperCase().replaceAll('-', '\\-')}" "1" "${date}" "mfa\\-profile ${version}" "${words.manual}"`;
    const globalOptions = [
      ...tables.globalOptions.flatMap((option) =>
        tagged(optionTag(option), texts.options[option.name]),
      ),
      ...tagged(`${bold('-h')}, ${bold('--help')}`, texts.options.help),
      ...tagged(`${bold('-v')}, ${bold('--version')}`, texts.options.version),
    ];
    const rows = (list) => list.flatMap(([what, about]) => tagged(bold(what), about));
    const others = (own) =>
      ['mfa-profile', ...tables.commands.map(({ name }) => `mfa-profile-${name}`)]
        .filter((name) => name !== own)
        .map((name, at, all) => `.BR ${escaped(name)} (1)${at === all.length - 1 ? '' : ' ,'}`);
    const { sections } = words;

    pages.set(`${folder}/mfa-profile.1`, [
      head('mfa-profile'),
      ...section(sections.name, [folded(`mfa\\-profile \\- ${escaped(words.purpose)}`)]),
      ...section(sections.synopsis, [
        `${bold('mfa-profile')} ${italic('COMMAND')} [${italic('NAME')}] [${italic('OPTIONS')}]`,
      ]),
      ...section(sections.description, paragraphs(words.about)),
      ...section(
        sections.commands,
        tables.commands.flatMap(({ name }) => tagged(bold(name), texts.commands[name].summary)),
      ),
      ...section(sections.globalOptions, globalOptions),
      ...section(
        sections.examples,
        ['init', 'refresh', 'exec'].flatMap((name, at) =>
          example(texts.commands[name].examples[0], at),
        ),
      ),
      ...section(sections.files, rows(words.files)),
      ...section(sections.environment, rows(words.environment)),
      ...section(sections.exit, [...rows(words.exit), '.PP', prose(words.execExit)]),
      ...section(sections.see, others('mfa-profile')),
    ]);

    for (const command of tables.commands) {
      const { name, takesRest } = command;
      const { summary, options, examples } = texts.commands[name];
      pages.set(`${folder}/mfa-profile-${name}.1`, [
        head(`mfa-profile-${name}`),
        ...section(sections.name, [
          folded(`mfa\\-profile\\-${escaped(name)} \\- ${escaped(summary)}`),
        ]),
        ...section(sections.synopsis, [
          `${bold('mfa-profile')} ${bold(name)}${namesForm(command)} [${italic('OPTIONS')}]${escaped(takesRest ?? '')}`,
        ]),
        ...section(
          sections.options,
          tables
            .ownFirst(command.options)
            .flatMap((option) =>
              tagged(optionTag(option), options[option.name] ?? texts.options[option.name]),
            ),
        ),
        ...section(sections.globalOptions, globalOptions),
        ...section(sections.examples, examples.flatMap(example)),
        ...section(sections.exit, rows(words.exit)),
        ...section(sections.see, others(`mfa-profile-${name}`)),
      ]);
    }
  }
  return new Map([...pages].map(([file, lines]) => [file, `${lines.join('\n')}\n`]));
}
