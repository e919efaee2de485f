/** Whether colours are wanted. */
import { wantsColor } from '../../src/output/color.ts';

test.each<[boolean, boolean, boolean, Record<string, string>]>([
  [true, true, true, {}],
  [false, true, false, {}],
  [false, false, true, {}],
  [false, true, true, { NO_COLOR: '1' }],
  [true, true, true, { NO_COLOR: '' }],
  [false, true, true, { TERM: 'dumb' }],
  [true, true, false, { FORCE_COLOR: '1' }],
  [true, true, false, { FORCE_COLOR: '', NO_COLOR: '1' }],
  [false, true, true, { FORCE_COLOR: '0' }],
  [false, false, true, { FORCE_COLOR: '1' }],
])('%s: --color %s, terminal %s, %j', (wanted, mayColor, isTerminal, env) => {
  expect(wantsColor({ mayColor, isTerminal, env })).toBe(wanted);
});
