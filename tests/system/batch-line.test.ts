/** Arguments for batch files on Windows, by the published rules of cmd.exe (CVE-2024-24576, CVE-2024-27980). */
import { batchLine } from '../../src/system/batch-line.ts';

const FILE = 'C:\\tools\\terraform.cmd';
const behind = (args: string[]) => batchLine(FILE, args)?.slice(`""${FILE}" `.length, -1);

test.each([
  ['a plain word stays', ['plan'], 'plan'],
  ['blanks are quoted', ['a b'], '"a b"'],
  ['an empty argument is one', [''], '""'],
  ['& is text', ['a&calc'], '"a&calc"'],
  ['a quote is doubled, so that the quoting never ends', ['a"&calc'], '"a""&calc"'],
  ['no variable expands', ['%PATH%'], '"%%cd:~,%PATH%%cd:~,%"'],
  ['backslashes before the closing quote are doubled', ['a b\\'], '"a b\\\\"'],
  ['backslashes before an inner quote are doubled', ['C:\\dir\\" x'], '"C:\\dir\\\\"" x"'],
  ['several', ['-var', 'x=1'], '-var "x=1"'],
])('%s', (_what, args, line) => {
  expect(behind(args)).toBe(line);
});

test.each([[['a\r\ncalc']], [['a\0b']]])('%j cannot be passed', (args) => {
  expect(batchLine(FILE, args)).toBeUndefined();
});
