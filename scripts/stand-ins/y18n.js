/**
 * Replaces `y18n` in the bundle: yargs speaks English here, which is what its sentences are. The
 * original looks for a folder of translations, which beside an installed package is somebody else's.
 */
import { format } from 'node:util';

const say = (sentence, ...values) => format(sentence, ...values);

export default () => ({
  __: say,
  __n: (one, several, count, ...values) => {
    const sentence = count === 1 ? one : several;
    return sentence.includes('%d') ? say(sentence, count, ...values) : say(sentence, ...values);
  },
  getLocale: () => 'en',
  setLocale: () => undefined,
  updateLocale: () => undefined,
});
