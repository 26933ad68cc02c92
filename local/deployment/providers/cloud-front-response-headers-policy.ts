import type {
  CreateResponseHeadersPolicyResult,
  ResponseHeadersPolicyCustomHeader,
  ResponseHeadersPolicyRemoveHeader,
} from '@aws-sdk/client-cloudfront';
import type { Provider } from '../provider.ts';
import { list, object } from '../shape.ts';

interface PolicyProperties {
  ResponseHeadersPolicyConfig: {
    Name: string;
    Comment?: string;
    CustomHeadersConfig?: { Items: ResponseHeadersPolicyCustomHeader[] };
    RemoveHeadersConfig?: { Items: ResponseHeadersPolicyRemoveHeader[] };
  };
}

/** AWS::CloudFront::ResponseHeadersPolicy, by CreateResponseHeadersPolicy. */
export const cloudFrontResponseHeadersPolicy: Provider<PolicyProperties> = {
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  properties: {
    ResponseHeadersPolicyConfig: object({
      Name: 'string',
      Comment: 'string',
      CustomHeadersConfig: object({ Items: list(object({ Header: 'string', Value: 'string', Override: 'boolean' })) }),
      RemoveHeadersConfig: object({ Items: list(object({ Header: 'string' })) }),
    }),
  },
  async create({ properties: { ResponseHeadersPolicyConfig: config }, call }) {
    const { CustomHeadersConfig: custom, RemoveHeadersConfig: removed } = config;
    const made = await call<CreateResponseHeadersPolicyResult>('cloudfront', 'CreateResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        ...config,
        ...(custom && { CustomHeadersConfig: { Quantity: custom.Items.length, ...custom } }),
        ...(removed && { RemoveHeadersConfig: { Quantity: removed.Items.length, ...removed } }),
      },
    });
    const id = made.ResponseHeadersPolicy?.Id ?? '';
    return { ref: id, attributes: { Id: id } };
  },
};
