/** The system's code page, by what `reg query` prints. */
import { codePageOfRegistry } from '../../src/aws/windows-code-page.ts';

const HEAD = '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage\r\n';

test.each([
  ['Japanese Windows', `${HEAD}    ACP    REG_SZ    932\r\n\r\n`, 932],
  ['UTF-8 for all programs', `${HEAD}    ACP    REG_SZ    65001\r\n\r\n`, 65_001],
  ['another value', `${HEAD}    OEMCP    REG_SZ    437\r\n`, undefined],
  ['nothing', '', undefined],
])('%s', (_, text, expected) => {
  expect(codePageOfRegistry(text)).toBe(expected);
});
