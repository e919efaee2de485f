/**
 * Asks npm what is known to be wrong with the whole tree of dependencies, those that are bundled (all of
 * them development dependencies) included. What is bundled must have no known vulnerability; of the
 * rest, which runs on developers' machines alone, those that are high or critical count. A registry that
 * refuses to answer is reported, and fails nothing.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const LIMIT_MS = 60_000;

/** npm's report as JSON: on stdout, whether it ends with 0 or 1. */
async function askNpm() {
  const run = promisify(execFile);
  const options = { cwd: root, timeout: LIMIT_MS, maxBuffer: 1 << 26 };
  const { stdout } = await run('npm', ['audit', '--json'], options).catch((error) => error);
  try {
    return JSON.parse(stdout);
  } catch {
    return { message: 'npm audit gave no report' };
  }
}

/** @returns the names of what is bundled */
function bundled() {
  const bill = JSON.parse(readFileSync(`${root}/dist/sbom.cdx.json`, 'utf8'));
  return new Set(bill.components.map(({ group, name }) => (group ? `${group}/${name}` : name)));
}

/** @returns lines to print, and whether one of them counts */
export function judge(report, names) {
  if (report.vulnerabilities === undefined) {
    const why = (report.message ?? report.error?.summary ?? 'no reason given').replace(
      / - [A-Z]+ http.*/,
      '',
    );
    return { lines: [`not audited: the registry does not answer that (${why})`], fails: false };
  }
  const found = Object.values(report.vulnerabilities);
  const counts = ({ name, severity }) => names.has(name) || /^(?:high|critical)$/.test(severity);
  const lines = found.map(
    (each) =>
      `${each.severity}: ${each.name} ${each.range}${names.has(each.name) ? ', which is bundled' : ''}`,
  );
  const all = report.metadata?.dependencies?.total ?? 'unknown';
  return {
    lines: [...lines, `audited: ${all} packages, ${found.length} with a known vulnerability`],
    fails: found.some(counts),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lines, fails } = judge(await askNpm(), bundled());
  console.log(lines.join('\n'));
  process.exitCode = fails ? 1 : 0;
}
