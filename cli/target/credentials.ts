import { Ending, EXIT } from '../exit-codes.ts';
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
    throw new Ending(
      `Cannot find AWS credentials${profile === undefined ? '' : ` of the profile "${profile}"`} (${message.replace(/\.$/, '')}); give --profile, or log in: aws sso login, or set AWS_PROFILE. To try it without AWS: nameplate local`,
      EXIT.usage,
      { cause: error },
    );
  };
