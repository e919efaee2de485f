/** The words for what is odd about a file: one place for `doctor` and for the warnings of a refresh. */
import type { Finding } from './index.ts';

const IN_EDITOR = 'mend it in an editor';
const REFUSES = 'the AWS CLI refuses the whole file';

/** What a finding means to the person whose file it is. */
export interface Meaning {
  /** True where the AWS CLI then reads nothing of the file at all. */
  readonly refusedByCli: boolean;
  readonly status: 'warning' | 'bad';
  readonly words: string;
  readonly hint: string;
}

/** The words for a finding; they hold no value of the file. */
export function meaningOf({ kind, key, otherLine }: Finding): Meaning {
  const first = otherLine === undefined ? '' : ` (first on line ${otherLine})`;
  switch (kind) {
    case 'doubled-section':
      return fatal(`doubled section${first}`, 'join the two, or take one away');
    case 'doubled-key':
      return fatal(`doubled key ${key}${first}`, 'take one of them away');
    case 'stray-line':
      return fatal('a line that is neither header, setting nor comment', IN_EDITOR);
    case 'before-sections':
      return fatal('a setting before the first section', 'put a [profile’s name] above it');
    case 'unclosed-header':
      return fatal('a header without its closing bracket', IN_EDITOR);
    case 'empty-name':
      return fatal('a header without a name', IN_EDITOR);
    case 'not-utf8':
      return fatal('bytes that are not UTF-8', 'save the file as UTF-8');
    case 'bom':
      return fatal('a byte order mark', 'save the file as UTF-8 without BOM');
    case 'indented-header':
      return odd(
        'an indented header, which the AWS CLI takes for more of the value above',
        IN_EDITOR,
      );
    case 'header-tail':
      return odd('text behind the closing bracket: some AWS SDKs miss the section', IN_EDITOR);
    case 'reserved-name':
      return odd(
        'a section name that AWS tools reserve: its keys may reach every profile',
        'rename it',
      );
    case 'inline-comment':
      return behindValue(
        `a comment behind ${key}, which the AWS CLI reads as a part of the value`,
        key,
      );
    case 'quoted-value':
      return behindValue(
        `quotes around ${key}, which most AWS SDKs read as a part of the value`,
        key,
      );
    case 'mixed-line-endings':
      return odd('line endings of two kinds (LF and CRLF)', 'save the file with one of them');
  }
}

function fatal(words: string, hint: string): Meaning {
  return { refusedByCli: true, status: 'bad', words: `${words}: ${REFUSES}`, hint };
}

function odd(words: string, hint: string): Meaning {
  return { refusedByCli: false, status: 'warning', words, hint };
}

/** A key with something behind it is no key. */
function behindValue(words: string, key: string | undefined): Meaning {
  const isCredential = /^aws_(?:access_key_id|secret_access_key|session_token)$/.test(key ?? '');
  const hint = 'let the value stand alone on its line';
  return { refusedByCli: false, status: isCredential ? 'bad' : 'warning', words, hint };
}
