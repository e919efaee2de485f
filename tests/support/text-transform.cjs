/** For jest: a file of another language is its text, as the build takes it in. */
module.exports = {
  process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }),
};
