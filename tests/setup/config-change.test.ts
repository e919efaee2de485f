/** The change of the config file that `init` shows and makes. */
import { applyConfigChange, planConfigChange } from '../../src/setup/config-change.ts';
import { parseDocument } from '../../src/document/index.ts';

const WANTED = new Map([
  ['mfa_serial', 'arn:aws:iam::123456789012:mfa/a'],
  ['duration_seconds', '43200'],
]);

function change(text: string, profile = 'prod') {
  const config = parseDocument(Buffer.from(text), 'config');
  const plan = planConfigChange(config, profile, WANTED);
  const after = plan.set.size > 0 ? Buffer.from(applyConfigChange(config, plan)).toString() : text;
  return { plan, after };
}

test('a new section, at the end', () => {
  const { plan, after } = change('[default]\nregion = eu-west-1\n');
  expect(plan.lines[0]).toBe('+ [profile prod]');
  expect(after).toBe(
    '[default]\nregion = eu-west-1\n\n[profile prod]\nmfa_serial = arn:aws:iam::123456789012:mfa/a\nduration_seconds = 43200\n',
  );
});

test('comments, order and line endings stay', () => {
  const { plan, after } = change(
    '# top\r\n[profile prod]\r\n# phone\r\nmfa_serial = old\r\nregion=x\r\n',
  );
  expect(plan.lines).toEqual([
    '  [profile prod]',
    '- mfa_serial = old',
    '+ mfa_serial = arn:aws:iam::123456789012:mfa/a',
    '+ duration_seconds = 43200',
  ]);
  expect(after).toBe(
    '# top\r\n[profile prod]\r\n# phone\r\nmfa_serial = arn:aws:iam::123456789012:mfa/a\r\nregion=x\r\nduration_seconds = 43200\r\n',
  );
});

test('what is so already is no change', () => {
  const { after } = change('[profile prod]\n');
  expect(change(after).plan.set.size).toBe(0);
});

test.each([
  ['prod', "[profile 'prod']\n", "profile 'prod'"],
  ['my prod', '', 'profile "my prod"'],
  ['default', '', 'default'],
  ['default', '[default]\n', 'default'],
  ['default', '[default]\n[profile default]\n', 'profile default'],
])('%s in %j is written to [%s]', (profile, text, section) => {
  const { plan, after } = change(text, profile);
  expect(plan.section).toBe(section);
  const again = planConfigChange(parseDocument(Buffer.from(after), 'config'), profile, WANTED);
  expect(again.set.size).toBe(0);
});
