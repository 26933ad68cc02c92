import { STSClient } from '@aws-sdk/client-sts';
import type { Send } from '../api.ts';
import { muteNodeNotice, noCredentials } from './credentials.ts';
import { forbidden, isGateways } from './forbidden.ts';
import { signing } from './signing.ts';

/** Requests to an address of API Gateway, signed with the credentials of the AWS configuration. */
export function gatewaySend(url: string, region: string): Send {
  muteNodeNotice();
  const sts = new STSClient({ region });
  const credentials = () => sts.config.credentials().catch(noCredentials(process.env['AWS_PROFILE']));
  const send = signing(url, { region, credentials });
  return async (path, init) => {
    const response = await send(path, init);
    if (response.status === 403 && isGateways(response))
      throw await forbidden(sts, { url, region, path, method: init?.method });
    return response;
  };
}
