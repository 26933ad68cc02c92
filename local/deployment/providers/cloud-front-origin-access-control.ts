import type { CreateOriginAccessControlResult, OriginAccessControlConfig } from '@aws-sdk/client-cloudfront';
import type { Provider } from '../provider.ts';
import { object } from '../shape.ts';

/** AWS::CloudFront::OriginAccessControl, by CreateOriginAccessControl. */
export const cloudFrontOriginAccessControl: Provider<{ OriginAccessControlConfig: OriginAccessControlConfig }> = {
  type: 'AWS::CloudFront::OriginAccessControl',
  properties: {
    OriginAccessControlConfig: object({
      Name: 'string',
      Description: 'string',
      OriginAccessControlOriginType: 'string',
      SigningBehavior: 'string',
      SigningProtocol: 'string',
    }),
  },
  async create({ properties, call }) {
    const made = await call<CreateOriginAccessControlResult>('cloudfront', 'CreateOriginAccessControl', properties);
    const id = made.OriginAccessControl?.Id ?? '';
    return { ref: id, attributes: { Id: id } };
  },
};
