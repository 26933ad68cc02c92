import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { isCode } from '../error-code.ts';

/** What a parameter says now; undefined when there is none of that name. */
export async function readParameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value;
  } catch (error) {
    if (isCode(error, 'ParameterNotFound')) return undefined;
    throw error;
  }
}
