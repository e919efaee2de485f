/** Paths as text. */

/** The folder that a file lies in. */
export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, Math.max(1, file.lastIndexOf('/'))) : '.';
}

/** Where one of the AWS tools' files usually is. */
export function awsFilePath(file: string, home: string): string {
  return `${home}/.aws/${file}`;
}

/** A whole path of Windows: with a drive, or on a server. */
export function isWindowsPath(path: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(path);
}

/** `~` at the front as the AWS tools and shells mean it. */
export function expandHome(path: string, home: string): string {
  const isInHome = isWindowsPath(home) ? /^~(?=[\\/]|$)/ : /^~(?=\/|$)/;
  return isInHome.test(path) ? home + path.slice(1) : path;
}

/**
 * Where this program keeps what it has to remember, by the XDG base directory specification, which
 * takes no relative path; Windows has a place of its own.
 */
export function stateFolder({ env, home, platform }: Omit<PathHost, 'homeOfUser'>): string {
  if (platform === 'win32') {
    return `${env['LOCALAPPDATA']?.replaceAll('\\', '/') || `${home}/AppData/Local`}/mfa-profile`;
  }
  const chosen = env['XDG_STATE_HOME'];
  return `${chosen?.startsWith('/') ? chosen : `${home}/.local/state`}/mfa-profile`;
}

/** What a path may be expanded by. */
export interface PathHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  /** The home folder of a user of this machine; undefined if that is not known. */
  homeOfUser(name: string): string | undefined;
}

/** `$NAME` and `${NAME}`. */
const VARIABLE = /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g;
/** On Windows `%NAME%`, too; the first rows stand for what is left as it is, as Python has it. */
const WINDOWS_VARIABLE =
  /('[^']*'?|%[^%]+$|\$\{[^}]*$)|([%$])\2|%([^%]*)%|\$\{([^}]*)\}|\$([A-Za-z0-9_-]+)/g;

/**
 * A path as botocore expands the one that a variable names: `os.path.expanduser` of
 * `os.path.expandvars`. What is not known stays as it is.
 */
export function expandPath(path: string, host: PathHost): string {
  const { env, platform, home } = host;
  if (platform !== 'win32') {
    const whole = path.replace(
      VARIABLE,
      (text, bare?: string, braced?: string) => env[bare ?? braced ?? ''] ?? text,
    );
    const [tilde, user] = /^~([^/]*)/.exec(whole) ?? [];
    if (tilde === undefined) return whole;
    const folder = user ? host.homeOfUser(user) : home;
    return folder === undefined ? whole : folder.replace(/\/+$/, '') + whole.slice(tilde.length);
  }
  const whole = path.replace(
    WINDOWS_VARIABLE,
    (text, kept?: string, doubled?: string, percent?: string, braced?: string, bare?: string) =>
      kept ?? doubled ?? env[percent ?? braced ?? bare ?? ''] ?? text,
  );
  const [tilde, user] = /^~([^\\/]*)/.exec(whole) ?? [];
  if (tilde === undefined) return whole;
  if (!user || user === env['USERNAME']) return home + whole.slice(tilde.length);
  // Another user's folder is assumed to be next to one's own, if that has one's own name.
  const [, beside, own] = /^(.*[\\/])([^\\/]*)$/.exec(home) ?? [];
  return own === undefined || own !== env['USERNAME']
    ? whole
    : `${beside}${user}${whole.slice(tilde.length)}`;
}
