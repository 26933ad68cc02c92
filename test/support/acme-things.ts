import type {
  ListAcmeDomainValidationsResponse,
  ListAcmeEndpointsResponse,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-acm';
import type { GetRolePolicyResponse, ListRolePoliciesResponse, ListRolesResponse } from '@aws-sdk/client-iam';
import type { Thing } from './inventory.ts';

type Ask = <Output>(service: string, operation: string, input?: object) => Promise<Output>;

/** ACME endpoints with their domain validations, and the roles that a stack creates for their clients. */
export async function acmeThings(ask: Ask): Promise<Thing[]> {
  const things: Thing[] = [];
  const tagsOf = async (ResourceArn: string) => {
    const { Tags = [] } = await ask<ListTagsForResourceResponse>('acm', 'ListTagsForResource', { ResourceArn });
    return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  };
  const { AcmeEndpoints = [] } = await ask<ListAcmeEndpointsResponse>('acm', 'ListAcmeEndpoints', {});
  for (const { AcmeEndpointArn: id = '', Status, Contact } of AcmeEndpoints) {
    if (Status === 'DELETING') continue;
    things.push({ type: 'ACME endpoint', id, tags: await tagsOf(id), state: { Contact } });
    const { AcmeDomainValidations = [] } = await ask<ListAcmeDomainValidationsResponse>(
      'acm',
      'ListAcmeDomainValidations',
      { AcmeEndpointArn: id },
    );
    for (const { AcmeDomainValidationArn: arn = '', DomainName, Status: status } of AcmeDomainValidations) {
      if (status === 'DELETING') continue;
      things.push({ type: 'domain validation', id: arn, tags: await tagsOf(arn), state: { DomainName } });
    }
  }
  return [...things, ...(await roles(ask))];
}

async function roles(ask: Ask): Promise<Thing[]> {
  const { Roles = [] } = await ask<ListRolesResponse>('iam', 'ListRoles', { PathPrefix: '/nameplate/' });
  const things: Thing[] = [];
  for (const { Arn: id = '', RoleName, Tags = [] } of Roles) {
    const { PolicyNames = [] } = await ask<ListRolePoliciesResponse>('iam', 'ListRolePolicies', { RoleName });
    const documents = await Promise.all(
      PolicyNames.map((PolicyName) =>
        ask<GetRolePolicyResponse>('iam', 'GetRolePolicy', { RoleName, PolicyName }).then(
          ({ PolicyDocument }) => PolicyDocument,
        ),
      ),
    );
    const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    things.push({ type: 'ACME role', id, tags, state: { RoleName, documents } });
  }
  return things;
}
