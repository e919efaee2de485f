/** How a profile was found that the command line does not name. */
import { explain } from '../../src/output/explain.ts';

test.each([
  [undefined, /^(?!.*\()/],
  [['r', 'alice'], / \(source of role r\)$/],
  [['r2', 'r', 'alice'], / \(chain of roles: r2 -> r -> alice\)$/],
])('by way of %j', (via, said) => {
  const problem = { kind: 'no-device', profile: 'alice' } as const;
  expect(explain(via ? { ...problem, via } : problem).message).toMatch(said);
});
