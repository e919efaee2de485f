/** What is shipped: it says what is in it, and takes nothing from beside it. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';

const DIST = path.dirname(PROGRAM);
const shipped = (name: string) => readFileSync(path.join(DIST, name), 'utf8');

interface Bill {
  readonly components: { name: string; version: string; licenses: { license: { id: string } }[] }[];
}

test('the bill of materials and the licences name the same libraries: those that left code in the files', () => {
  const { components } = JSON.parse(shipped('sbom.cdx.json')) as Bill;
  const named = components.map(
    ({ name, version, licenses }) => `${name} ${version} (${licenses[0]?.license.id})`,
  );
  const texts = shipped('THIRD-PARTY-LICENSES').split(`\n${'-'.repeat(72)}\n\n`);
  expect(texts.map((text) => text.split('\n', 1)[0])).toEqual(named);
  expect(named.join('\n')).toMatch(/^@aws-sdk\/client-sts \d[^]*^proper-lockfile \d[^]*^yargs \d/m);
  // They come along with the SDK, and nothing of them is used.
  expect(named.join('\n')).not.toMatch(/imds|bowser|node-http-handler/);
});

test('a package beside it cannot change its words', async () => {
  const box = makeSandbox();
  try {
    const packages = box.path('node_modules');
    cpSync(DIST, path.join(packages, 'mfa-profile/dist'), { recursive: true });
    const theirs = { 'Unknown argument: %s': 'owned', 'Unknown command: %s': 'owned' };
    for (const place of ['node_modules/locales', 'node_modules/mfa-profile/locales', 'locales']) {
      box.writeFile(`${place}/en.json`, JSON.stringify(theirs));
    }
    const program = path.join(packages, 'mfa-profile/dist/mfa-profile.cjs');
    const run = await box.exec(process.execPath, [program, 'refresh', '--bogus']);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/error: refresh has no option --bogus/);
  } finally {
    box.cleanup();
  }
});
