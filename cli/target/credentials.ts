import { Ending, EXIT } from '../exit-codes.ts';
import { shellWord } from '../shell-word.ts';
import { denialIn, denied } from './denied.ts';

/** The SDK's own notice on Node 20 is for those who update the SDK, which the command has bundled. */
export const muteNodeNotice = (): void => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
};

/** What to throw where the AWS configuration gives no credentials: of a profile, or of the environment. */
export const noCredentials =
  (profile: string | undefined) =>
  (error: unknown): never => {
    const denial = denialIn(error);
    if (denial) throw denied('take the role', denial);
    const { message } = error as Error;
    const [whose, fix] =
      profile === undefined
        ? ['', 'give --profile, set AWS_PROFILE, or log in: aws sso login']
        : [` of the profile "${profile}"`, `log in: aws sso login --profile ${shellWord(profile)}, or give another`];
    throw new Ending(
      `Cannot find AWS credentials${whose} (${message.replace(/\.$/, '')}); ${fix}. To try it without AWS: nameplate local`,
      EXIT.usage,
      { cause: error },
    );
  };
