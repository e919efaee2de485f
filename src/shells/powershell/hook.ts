/** The hook of PowerShell, for Windows PowerShell 5.1 and PowerShell 7. */
import type { HookOptions } from '../hook-options.ts';
import { quotePowershell } from './format.ts';

/** As the program has it (profiles/names.ts). */
const USUAL_NAME =
  "$(foreach ($each in $env:AWS_DEFAULT_PROFILE, $env:AWS_PROFILE, $env:MFA_PROFILE, 'default') { if ($each) { $each; break } })";

export function powershellHook(options: HookOptions): string {
  const { profile, credentialsFile, configFile, minTtlSeconds } = options;
  const command = ['mfa-profile', 'hook', 'powershell', ...options.givenOptions];
  const shown = command.map((word) =>
    /^[\w-]+(?:=[\w-]+)?$/.test(word) ? word : quotePowershell(word),
  );
  const refresh = options.refreshOptions.map((word) => `, ${quotePowershell(word)}`).join('');
  const name = profile === undefined ? USUAL_NAME : quotePowershell(profile);
  const file = (given: string | undefined, variable: string, usual: string): string =>
    given === undefined
      ? `$(if ($env:${variable}) { $env:${variable} } else { "$(Get-MfaProfileHome)/.aws/${usual}" })`
      : quotePowershell(given);
  const named = [
    ...(credentialsFile === undefined ? ['$env:AWS_SHARED_CREDENTIALS_FILE'] : []),
    ...(configFile === undefined ? ['$env:AWS_CONFIG_FILE'] : []),
  ].join(', ');
  return `
# >>> mfa-profile hook (powershell) >>>
# Install: ${shown.join(' ')} | Add-Content $PROFILE   (first, where there is none: New-Item -Force $PROFILE)
# Remove:  (Get-Content -Raw $PROFILE) -replace '(?ms)^# >>> mfa-profile hook.*?^# <<< mfa-profile hook[^\\n]*\\n?' | Set-Content -NoNewline $PROFILE
& {
  Set-StrictMode -Off
  # A profile is read for scripts and single commands too: those are left in peace. They are whatever
  # is named on the command line behind the options of an interactive shell (about_Pwsh,
  # about_PowerShell_exe); -NoExit keeps a shell all the same.
  $isScript = $false
  $isValue = $false
  foreach ($argument in ([Environment]::GetCommandLineArgs() | Select-Object -Skip 1)) {
    if ($isValue) { $isValue = $false; continue }
    if ($argument -match '^(-{1,2}|/)noe') { $isScript = $false; break }
    if ($argument -match '^(-{1,2}|/)(ex\\w*|ep|wo\\w*|wd|inp\\w*|if|o|of|ou\\w*|w|wi\\w*|v|ve\\w*|config\\w*|cus\\w*|settings\\w*|ps\\w*)$') { $isValue = $true }
    elseif ($argument -notmatch '^(-{1,2}|/)(nol\\w*|nop\\w*|l|lo\\w*|i|int\\w*|sta|mta)$') { $isScript = $true }
  }
  if ($isScript -or -not [Environment]::UserInteractive -or [Console]::IsInputRedirected -or [Console]::IsErrorRedirected) { return }

  # The lines of one section of a text; nothing where it has none or more than one.
  function Global:Get-MfaProfileSection($Text, $Name) {
    $found = [regex]::Matches("$Text", '(?m)^\\[' + [regex]::Escape($Name) + '\\][ \\t]*\\r?$([^\\[]*)')
    if ($found.Count -eq 1) { $found[0].Groups[1].Value }
  }

  # Where the AWS CLI looks: $HOME may be another folder on Windows.
  function Global:Get-MfaProfileHome { if ($env:USERPROFILE -and $env:OS -eq 'Windows_NT') { $env:USERPROFILE } else { [string]$HOME } }

  function Global:Read-MfaProfileFile($Path) {
    try {
      # Others may write, replace or remove the file meanwhile.
      $stream = [IO.File]::Open(($Path -replace '^~(?=[/\\\\])', (Get-MfaProfileHome).Replace('$', '$$')), 'Open', 'Read', 'ReadWrite, Delete')
      try { (New-Object IO.StreamReader $stream).ReadToEnd() } finally { $stream.Dispose() }
    } catch { '' }
  }

  # The lines of a profile in the config file.
  function Global:Get-MfaProfileSettings($Config, $Name) {
    $settings = Get-MfaProfileSection $Config "profile $Name"
    if (-not $settings -and $Name -ceq 'default') { $settings = Get-MfaProfileSection $Config 'default' }
    $settings
  }

  # The last value of a key, for the credentials file wins.
  function Global:Get-MfaProfileValue($About, $Key) {
    $found = [regex]::Matches("$About", "(?m)^$Key[ \\t]*=[ \\t]*([^ \\t\\r\\n]+)[ \\t]*\\r?$")
    if ($found.Count) { $found[$found.Count - 1].Groups[1].Value }
  }

  # Nothing where the profile plainly says today what the session was got for; else what may have changed.
  function Global:Get-MfaProfileDoubt($Body, $About) {
    if ($Body -cnotmatch '(?m)^x_mfa_profile_origin[ \\t]*=[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])') { return }
    $origin = $Matches[1]
    if ($About -match 'role_arn') { return 'role:' + (Get-MfaProfileValue $About 'role_arn') }
    $key = Get-MfaProfileValue $About 'aws_access_key_id'
    $serial = Get-MfaProfileValue $About 'mfa_serial'
    $doubt = "key:$($key):$($serial):$env:MFA_PROFILE_SERIAL_NUMBER"
    if (-not $key -or $env:MFA_PROFILE_SERIAL_NUMBER -or $About -match 'aws_account_id') { return $doubt }
    if ($serial) { if ($origin -cne "$key $serial") { $doubt } }
    elseif ($origin -cne $key -and -not $origin.StartsWith("$key ", [StringComparison]::Ordinal)) { $doubt }
  }

  # Session, its end in UTC, whether that is certain, and what may have changed since; nothing where there is no
  # credentials file.
  function Global:Get-MfaProfileSession {
    Set-StrictMode -Off
    $name = ${name}
    # A path to be expanded is left to the program.
    if (@(${named}) -match '[$%]|^~[^/\\\\]') { return [pscustomobject]@{ Name = $name; Session = $name; End = $null; IsCertain = $false; Doubt = $null } }
    $text = Read-MfaProfileFile ${file(credentialsFile, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials')}
    $config = Read-MfaProfileFile ${file(configFile, 'AWS_CONFIG_FILE', 'config')}
    if (-not $text) { return }
    $source = $name -creplace '(?<=.)_token$'
    # A session's name means its source, also where the session is gone.
    if (-not (Get-MfaProfileSection $text $name) -and -not (Get-MfaProfileSettings $config $name)) { $name = $source }
    $session = $name + '_token'
    $settings = Get-MfaProfileSettings $config $name
    if ($settings -cmatch '(?m)^session_profile[ \\t]*=[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])') { $session = $Matches[1] }
    # AWS_PROFILE may name the session itself.
    $body = Get-MfaProfileSection $text $name
    if ($body -cmatch 'aws_session_token') {
      $session = $name
      $about = "$(Get-MfaProfileSettings $config $source)\`n$(Get-MfaProfileSection $text $source)"
    } else {
      $about = "$settings\`n$body"
      $body = Get-MfaProfileSection $text $session
      # Neither a session nor a device: a profile without MFA, which is none of our business.
      if (-not $body -and $about -cnotmatch 'mfa_serial|source_profile' -and $text -notmatch ('(?m)^\\[' + [regex]::Escape($session) + '\\]')) { return }
    }
    $end = $null
    $isWhole = $true
    foreach ($key in 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token') {
      if ($body -cnotmatch "(?m)^$key[ \\t]*=[ \\t]*\\S") { $isWhole = $false }
    }
    # A second key that speaks of an expiry may contradict the first.
    $hasOneExpiry = [regex]::Matches("$body", '(?i)expir').Count -eq 1
    if ($isWhole -and $hasOneExpiry -and $body -cmatch '(?m)^x_security_token_expires[ \\t]*=[ \\t]*(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)[ \\t]*\\r?$(?!\\n[ \\t])') {
      $time = [DateTime]::MinValue
      $styles = [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
      $culture = [Globalization.CultureInfo]::InvariantCulture
      if ([DateTime]::TryParseExact($Matches[1], "yyyy-MM-dd'T'HH:mm:ss'Z'", $culture, $styles, [ref]$time)) { $end = $time }
    }
    [pscustomobject]@{ Name = $name; Session = $session; End = $end; IsCertain = ($null -ne $end) -or -not $body; Doubt = Get-MfaProfileDoubt $body $about }
  }

  # Refreshes unless the session is valid; in one shell once for each session that has ended or is in doubt.
  function Global:Invoke-MfaProfileCheck {
    Set-StrictMode -Off
    $seen = Get-MfaProfileSession
    if (-not $seen) { return }
    $isLong = $seen.End -and ($seen.End - [DateTime]::UtcNow).TotalSeconds -ge ${minTtlSeconds}
    if ($isLong -and -not $seen.Doubt) { return }
    $what = '{0}@{1:o}@{2}' -f $seen.Session, $seen.End, $seen.Doubt
    if ($Global:MfaProfileAsked -ceq $what -or -not (Get-Command mfa-profile -ErrorAction SilentlyContinue)) { return }
    $Global:MfaProfileAsked = $what
    $words = @('refresh', "--profile=$($seen.Name)"${refresh})
    # Where only refresh can tell, the session may be valid: then there is nothing to say.
    if (-not $seen.IsCertain -or $isLong) { $words += '--quiet' }
    $status = $Global:LASTEXITCODE
    & mfa-profile @words
    $Global:LASTEXITCODE = $status
  }
${options.prompt ? PROMPT_FUNCTION : ''}
  Invoke-MfaProfileCheck
${options.eachPrompt ? EACH_PROMPT : ''}}
# <<< mfa-profile hook (powershell) <<<
`;
}

const PROMPT_FUNCTION = `
  # The time left (11h 42m, 42m, <1m, over; ? where it is not certain).
  function Global:mfa_profile_left {
    Set-StrictMode -Off
    $seen = Get-MfaProfileSession
    if (-not $seen) { return }
    if (-not $seen.IsCertain) { return '?' }
    if (-not $seen.End) { return }
    $left = $seen.End - [DateTime]::UtcNow
    if ($left.TotalSeconds -le 0) { 'over' }
    elseif ($left.TotalMinutes -lt 1) { '<1m' }
    elseif ($left.TotalHours -lt 1) { '{0}m' -f $left.Minutes }
    else { '{0}h {1}m' -f [Math]::Floor($left.TotalHours), $left.Minutes }
  }
`;

const EACH_PROMPT = `
  if (-not $Global:MfaProfilePrompt) {
    $Global:MfaProfilePrompt = $function:prompt
    function Global:prompt {
      $worked = $?
      Invoke-MfaProfileCheck
      # The prompt that was there may show how the last command ended.
      if (-not $worked) { Write-Error '' -ErrorAction Ignore }
      & $Global:MfaProfilePrompt
    }
  }
`;
