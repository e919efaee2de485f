/** What a login hook is made for. */

export interface HookOptions {
  /** `process.platform` of the machine that the hook is for. */
  readonly platform: string;
  /** Undefined: what `AWS_PROFILE` says when the hook runs, else `default`. */
  readonly profile: string | undefined;
  /** Undefined: what the environment says when the hook runs, else the usual place. */
  readonly credentialsFile: string | undefined;
  readonly configFile: string | undefined;
  readonly minTtlSeconds: number;
  /** Adds the function `mfa_profile_left`. */
  readonly prompt: boolean;
  /** Looks before every prompt, not only when the shell starts. */
  readonly eachPrompt: boolean;
  /** Options of `refresh` to pass on, next to the profile. */
  readonly refreshOptions: readonly string[];
  /** The options with which this hook was asked for, to show how to install it. */
  readonly givenOptions: readonly string[];
}
