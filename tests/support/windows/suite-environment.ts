/**
 * Jest's environment for the end-to-end tests under Windows' Node. Leaves out the tests that
 * tests/windows/exceptions.json names, and fails a file for whose exception there is no test. With
 * MFA_PROFILE_TESTS_ON_WINDOWS_TRY set it runs only those, each of which is to fail.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TestEnvironment } from 'jest-environment-node';

/** What is not so on Windows, or what Wine cannot show. */
interface Exception {
  readonly reason: string;
  /** Names in tests/e2e; jest.windows.config.js leaves those out. */
  readonly files?: readonly string[];
  /** Parts of the whole names of tests, by file. */
  readonly tests?: Readonly<Record<string, readonly string[]>>;
}

/** For one that is to fail; some wait for what never comes. */
const TRY_LIMIT_MS = 20_000;

interface Block {
  readonly name: string;
  readonly parent?: Block;
}

interface Test extends Block {
  readonly type: 'test';
  failing?: boolean;
  timeout?: number;
}

interface Describe extends Block {
  readonly type: 'describeBlock';
  children: (Describe | Test)[];
}

/** As jest shows it, without the outermost block, which has a name of jest's own. */
function wholeName({ name, parent }: Block): string {
  return parent?.parent ? `${wholeName(parent)} › ${name}` : name;
}

export default class SuiteEnvironment extends TestEnvironment {
  readonly #isTry = process.env['MFA_PROFILE_TESTS_ON_WINDOWS_TRY'] !== undefined;
  readonly #excepted: readonly string[];
  readonly #unused: Set<string>;

  constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
    super(config, context);
    const file = path.basename(context.testPath, '.test.ts');
    const list = path.join(__dirname, '../../windows/exceptions.json');
    const exceptions = JSON.parse(readFileSync(list, 'utf8')) as Exception[];
    this.#excepted = exceptions.flatMap(({ tests = {} }) => tests[file] ?? []);
    this.#unused = new Set(this.#excepted);
  }

  handleTestEvent({ name }: { name: string }, state: { rootDescribeBlock: Describe }): void {
    if (name !== 'run_start') return;
    this.#choose(state.rootDescribeBlock);
    if (this.#unused.size > 0) {
      throw new Error(`no test is called: ${[...this.#unused].join('; ')}`);
    }
  }

  /** Takes those away that are not to be run: they are no tests that something is missing for. */
  #choose(block: Describe): void {
    block.children = block.children.filter((each) => {
      if (each.type === 'test') return this.#judge(each);
      this.#choose(each);
      return each.children.length > 0;
    });
  }

  #judge(test: Test): boolean {
    const matching = this.#excepted.filter((part) => wholeName(test).includes(part));
    for (const part of matching) this.#unused.delete(part);
    if (matching.length > 0 && this.#isTry) {
      test.failing = true;
      test.timeout = TRY_LIMIT_MS;
    }
    return matching.length > 0 === this.#isTry;
  }
}
