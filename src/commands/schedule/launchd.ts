/** The unattended refresh as an agent of launchd's. */
import { MINUTES, programsIn, quoteForXml, unquoteXml } from './job.ts';
import type { Job, ScheduleFile } from './job.ts';

export const LAUNCHD_LABEL = 'mfa-profile.refresh';

// launchctl(1): "Configuration files must disallow group and world writes"; nobody else reads this
// one.
const MODE = 0o600;

/** @param withoutScreen for a user who is not logged in at the screen, as over SSH */
export function launchdFiles(job: Job, withoutScreen = false): ScheduleFile[] {
  const path = `${job.home}/Library/LaunchAgents/${LAUNCHD_LABEL}.plist`;
  return [{ path, text: agent(job, path, withoutScreen), mode: MODE }];
}

/** The programs that the agent starts. */
export function launchdPrograms(text: string): string[] {
  const words = /<key>ProgramArguments<\/key>\s*<array>([^]*?)<\/array>/.exec(text)?.[1] ?? '';
  return programsIn(
    [...words.matchAll(/<string>([^<]*)<\/string>/g)].map(([, word]) => unquoteXml(word!)),
  );
}

// launchd.plist(5): an interval that ends in sleep is missed; a time is made up for at wake-up.
const TIMES = Array.from({ length: 60 / MINUTES }, (_, index) => index * MINUTES)
  .map(
    (minute) =>
      `    <dict>\n      <key>Minute</key>\n      <integer>${minute}</integer>\n    </dict>\n`,
  )
  .join('');

const SESSION_TYPES = `  <key>LimitLoadToSessionType</key>
  <array>
    <string>Aqua</string>
    <string>Background</string>
  </array>
`;

function agent({ command, environment, home }: Job, path: string, withoutScreen: boolean): string {
  const string = (text: string): string => `<string>${quoteForXml(text)}</string>`;
  const log = `${home}/Library/Logs/mfa-profile.log`;
  const variables = [...environment].map(
    ([name, value]) => `    <key>${quoteForXml(name)}</key>\n    ${string(value)}\n`,
  );
  // Two hyphens may not stand in an XML comment, so the options are not spelt out there.
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${quoteForXml(path).replaceAll('--', '- -')}
     Installed and removed by the options install and uninstall of: mfa-profile schedule launchd
     What it says is in ~/Library/Logs/mfa-profile.log -->
<plist version="1.0">
<dict>
  <key>Label</key>
  ${string(LAUNCHD_LABEL)}
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    ${string(word)}\n`).join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join('')}  </dict>
${withoutScreen ? SESSION_TYPES : ''}  <key>StartCalendarInterval</key>
  <array>
${TIMES}  </array>
  <key>RunAtLoad</key>
  <true/>
  <key>StandardOutPath</key>
  ${string(log)}
  <key>StandardErrorPath</key>
  ${string(log)}
</dict>
</plist>
`;
}
