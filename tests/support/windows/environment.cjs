/** The environment of a program that Windows' Node starts. */

/** Windows' own, without which its programs do not work. */
const SYSTEM_VARIABLES =
  /^(SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|OS|ProgramFiles.*|ProgramData|ProgramW6432|CommonProgram.*|NUMBER_OF_PROCESSORS|PROCESSOR_.*|PATH|USERNAME)$/i;

/** What was asked for, over what Windows needs; names know no case there. */
function environment(wanted) {
  const asked = new Set(Object.keys(wanted).map((name) => name.toUpperCase()));
  const own = Object.entries(process.env).filter(
    ([name]) => SYSTEM_VARIABLES.test(name) && !asked.has(name.toUpperCase()),
  );
  return { ...Object.fromEntries(own), ...wanted };
}

module.exports = { environment };
