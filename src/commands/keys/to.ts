/** What `--to` names: a store that this program knows, or a command line of the user's. */
import { KEY_STORES } from '../../key-stores/index.ts';
import { similarNames } from '../../output/similar-names.ts';
import { usage } from '../../cli/settings.ts';
import { words } from './words.ts';

/** What people call the stores, too. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'secret-tool': 'secret-service',
  libsecret: 'secret-service',
  'gnome-keyring': 'secret-service',
  keyring: 'secret-service',
  kwallet: 'secret-service',
  security: 'keychain',
  op: '1password',
  dpapi: 'windows',
};

/**
 * A single bare word is the name of a store, so that a slip of the hand is found whatever is on
 * PATH; a command has a path, or arguments.
 * @throws Failure usage
 */
export function readStore(to: string | true | undefined): string {
  const names = words.oneOf(KEY_STORES);
  if (typeof to !== 'string') throw usage(words.needsTo, names);
  const text = to.trim();
  if (KEY_STORES.includes(text)) return text;
  if (!/[\s/\\]/.test(text)) {
    const lower = text.toLowerCase();
    const meant = OTHER_NAMES[lower];
    const similar = meant === undefined ? similarNames(lower, KEY_STORES) : [meant];
    throw usage(
      words.unknownStore(text),
      text === 'file'
        ? words.fileIsRestore
        : similar.length > 0
          ? words.didYouMean(similar)
          : names,
    );
  }
  // The AWS tools start it from wherever they are.
  const [first = ''] = text.split(/\s/);
  if (/[/\\]/.test(first) && !/^["']?(?:[/\\~$%]|[A-Za-z]:)/.test(first)) {
    throw usage(words.relativeCommand(first), words.wholePath);
  }
  return text;
}
