/** Where the two AWS files are, by the command line and the environment. */
import { awsFilePath, expandHome, expandPath } from '../profiles/paths.ts';
import type { PathHost } from '../profiles/paths.ts';
import type { FilePaths } from '../session/options.ts';
import type { ParsedLine } from './line.ts';

/** An option is spelt as the shell has left it; a variable is expanded as botocore expands it. */
export function givenFiles(options: ParsedLine['options'], host: PathHost): FilePaths {
  const find = (option: string, variable: string, file: string): string => {
    const given = options.get(option) as string | undefined;
    const set = host.env[variable];
    const found = given
      ? expandHome(given, host.home)
      : set
        ? expandPath(set, host)
        : awsFilePath(file, host.home);
    // With one kind of slash a path can be pasted in cmd.exe and clicked on.
    return host.platform === 'win32' ? found.replaceAll('/', '\\') : found;
  };
  return {
    credentials: find('credentials-file', 'AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
    config: find('config-file', 'AWS_CONFIG_FILE', 'config'),
  };
}
