import { loadSharedConfigFiles } from '@smithy/core/config';
import { shellWord } from '../../domain/shell-word.ts';
import { Ending, EXIT } from '../exit-codes.ts';
import { denialIn, denied } from './denied.ts';

/** The SDK's own notice on Node 20 is for those who update the SDK, which the command has bundled. */
export const muteNodeNotice = (): void => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
};

/** What to throw where the AWS configuration gives no credentials: of a profile, or of the environment. */
export const noCredentials =
  (profile: string | undefined) =>
  async (error: unknown): Promise<never> => {
    if (profile !== undefined) await seeProfile(profile);
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

/** @throws {Ending} the configuration has no such profile: the SDK says only that nothing gives credentials */
async function seeProfile(profile: string): Promise<void> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = Object.keys({ ...configFile, ...credentialsFile }).filter(
    (name) => !/^(sso-session|services)\./.test(name),
  );
  if (names.includes(profile)) return;
  const there = names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
  throw new Ending(
    `Cannot find the AWS profile "${profile}": your AWS configuration has ${there}; give another one by --profile or AWS_PROFILE, or make it: aws configure --profile ${shellWord(profile)}`,
    EXIT.usage,
  );
}
