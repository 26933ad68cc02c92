import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import type { Provider } from '../provider.ts';

/** AWS::Lambda::Permission, by AddPermission. */
export const lambdaPermission: Provider<AddPermissionRequest> = {
  type: 'AWS::Lambda::Permission',
  properties: {
    Action: 'string',
    FunctionName: 'string',
    Principal: 'string',
    SourceAccount: 'string',
    SourceArn: 'string',
  },
  async create({ properties, name, call }) {
    const StatementId = name(100);
    await call('lambda', 'AddPermission', { ...properties, StatementId });
    return { ref: StatementId, attributes: { Id: StatementId } };
  },
};
