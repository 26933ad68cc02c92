import type { Provider } from '../provider.ts';
import { map } from '../shape.ts';

interface ParameterProperties {
  Name?: string;
  Type: string;
  Value: string;
  Description?: string;
  AllowedPattern?: string;
  Tier?: string;
  Tags?: Record<string, string>;
}

/** AWS::SSM::Parameter, by PutParameter. */
export const ssmParameter: Provider<ParameterProperties> = {
  type: 'AWS::SSM::Parameter',
  properties: {
    Name: 'string',
    Type: 'string',
    Value: 'string',
    Description: 'string',
    AllowedPattern: 'string',
    Tier: 'string',
    Tags: map('string'),
  },
  async create({ properties: { Tags = {}, ...parameter }, name, call }) {
    const Name = parameter.Name ?? `CFN-${name()}`;
    const tags = Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }));
    await call('ssm', 'PutParameter', { ...parameter, Name, ...(tags.length > 0 && { Tags: tags }) });
    return { ref: Name, attributes: { Type: parameter.Type, Value: parameter.Value } };
  },
};
