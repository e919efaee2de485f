
# Completion of mfa-profile in PowerShell.
# Install: mfa-profile completion powershell | Add-Content $PROFILE   (first, where there is none: New-Item -Force $PROFILE)
# Remove:  (Get-Content -Raw $PROFILE) -replace '(?ms)^# Completion of mfa-profile.*?^# <<< mfa-profile completion[^\n]*\n?' | Set-Content -NoNewline $PROFILE
Register-ArgumentCompleter -Native -CommandName mfa-profile, mfa-profile.cmd -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { [string]$_ } })
  $encoding = [Console]::OutputEncoding
  try {
    # Names are printed in UTF-8, whatever the console's code page is.
    try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }
    # Windows PowerShell drops an empty argument: the last word goes with a sign before it.
    $lines = @(& mfa-profile completion powershell '--' @before "=$wordToComplete" 2>$null)
  } finally {
    try { [Console]::OutputEncoding = $encoding } catch { }
  }
  foreach ($line in $lines) {
    $word, $about = $line -split '\t', 2
    if ($word -notin ':files', ':command') {
      # PowerShell takes the typographic apostrophes for quotes, too.
      $text = if ($word -match '^[\w./=:-]+$') { $word } else { "'" + ($word -replace "['\u2018-\u201b]", '$0$0') + "'" }
      if (-not $about) { $about = $word }
      [Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $about)
    }
  }
}
# <<< mfa-profile completion (powershell) <<<
