/**
 * `npm run bench`: builds, measures in turn, prints the table and writes it into
 * docs/performance.md. `npm run bench -- --short` writes nothing, and fails where a ratio is more
 * than half as much again over its target.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { nodes } from '../tests/support/nodes.ts';
import type { NodeBinary } from '../tests/support/nodes.ts';
import { enterToDone, loginHook } from './at-terminal.ts';
import { memoryOf, timeInTurn } from './measure.ts';
import { barsSvg, markdownTable } from './report.ts';
import type { Figure } from './report.ts';
import { setScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { NODE, listWorks } from './works.ts';

const ROOT = path.join(__dirname, '..');
const SLACK = 1.5;
const BEGIN = '<!-- figures: npm run bench -->';
const END = '<!-- /figures -->';

async function measure(scene: Scene, node: NodeBinary, isShort: boolean): Promise<Figure[]> {
  const works = [...listWorks(scene, node.path, isShort), enterToDone(scene, node.path)];
  const timings = await timeInTurn(works, isShort ? 10 : 30);
  const memory = (command?: readonly string[]): number | undefined =>
    command && memoryOf(command, scene.env);
  const nodeMemory = memory(works[0]!.command);
  return works.map(({ name, against, target, limit = target, command }) => {
    const own = timings.get(name)!.quartile;
    const peak = memory(command);
    return {
      name,
      against,
      target,
      limit: limit && limit * SLACK,
      milliseconds: own,
      ratio: own / timings.get(against)!.quartile,
      memory: peak && nodeMemory ? peak / nodeMemory : undefined,
    };
  });
}

async function measureHook(scene: Scene): Promise<string> {
  const hook = loginHook(scene, process.execPath);
  const { quartile } = (await timeInTurn([hook], 15)).get(hook.name)!;
  return `${hook.name}: ${quartile.toFixed(1)} ms, and no process is started (at most 5 ms).`;
}

function machine(): string {
  const [{ model } = { model: 'unknown' }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model.trim()}, ${memory} GB, ${process.platform} ${process.arch}`;
}

/** The ratios that are far from their targets, in words. */
function farOff(figures: readonly Figure[]): string[] {
  return figures
    .filter(({ ratio, limit }) => limit !== undefined && ratio > limit)
    .map(({ name, ratio, limit }) => `${name}: ${ratio.toFixed(2)}, and at most ${limit}`);
}

function writeDocs(text: string, figures: readonly Figure[], footer: string): void {
  const file = path.join(ROOT, 'docs/performance.md');
  const old = readFileSync(file, 'utf8');
  const [before] = old.split(BEGIN);
  const [, after] = old.split(END);
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no place for figures`);
  writeFileSync(file, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
  const shown = figures.filter(({ against }) => against === NODE);
  writeFileSync(path.join(ROOT, 'docs/performance.svg'), barsSvg(shown, footer));
}

async function main(): Promise<void> {
  const isShort = process.argv.includes('--short');
  const measured = isShort ? nodes().slice(0, 1) : nodes();
  const build = [path.join(ROOT, 'scripts/build.mjs'), ...measured.map((node) => node.path)];
  execFileSync(process.execPath, build, { stdio: 'inherit' });
  const scene = await setScene();
  try {
    const when = `${new Date().toISOString().slice(0, 10)}, ${machine()}`;
    const parts = [`Measured on ${when}.`];
    const missed: string[] = [];
    let first: Figure[] | undefined;
    for (const node of measured) {
      const figures = await measure(scene, node, isShort);
      first ??= figures;
      parts.push(`### ${node.name}`, markdownTable(figures));
      missed.push(...farOff(figures));
    }
    if (!isShort) parts.push('### The login hook', await measureHook(scene));
    const text = parts.join('\n\n');
    console.log(text);
    if (!isShort) {
      writeDocs(text, first!, `multiples of node -e 0; ${nodes()[0]!.name}, ${when}`);
    } else if (missed.length > 0) {
      console.error(`\ntoo slow:\n${missed.join('\n')}`);
      process.exitCode = 1;
    }
  } finally {
    scene.close();
  }
}

void main();
