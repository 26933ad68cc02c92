import {
  type ACMClient,
  CreateAcmeExternalAccountBindingCommand,
  DeleteAcmeExternalAccountBindingCommand,
  DescribeAcmeExternalAccountBindingCommand,
  GetAcmeExternalAccountBindingCredentialsCommand,
  ListAcmeExternalAccountBindingsCommand,
  RevokeAcmeExternalAccountBindingCommand,
} from '@aws-sdk/client-acm';
import { tagList } from '../tags.ts';
import { allPages } from './all-pages.ts';

/** Credentials that an ACME client registers with. */
export interface ListedBinding {
  arn: string;
  /** The role that the requests of its accounts are judged by. */
  roleArn: string;
  /** Whether an account was registered with it. */
  isUsed: boolean;
  expiresAt?: Date;
}

/** The bindings of an endpoint that have a role. */
export async function listBindings(
  acm: ACMClient,
  { endpointArn, roleArn }: { endpointArn: string; roleArn: string },
): Promise<ListedBinding[]> {
  const listed = await allPages(
    (NextToken) =>
      acm.send(
        new ListAcmeExternalAccountBindingsCommand({
          AcmeEndpointArn: endpointArn,
          ...(NextToken !== undefined && { NextToken }),
        }),
      ),
    ({ ExternalAccountBindings }) => ExternalAccountBindings,
  );
  return listed.flatMap((each) => (each.RoleArn === roleArn ? bindingOf(each) : []));
}

interface ShownBinding {
  AcmeExternalAccountBindingArn?: string | undefined;
  RoleArn?: string | undefined;
  LastUsedAt?: Date | undefined;
  ExpiresAt?: Date | undefined;
}

const bindingOf = ({
  AcmeExternalAccountBindingArn: arn = '',
  RoleArn: roleArn = '',
  LastUsedAt,
  ExpiresAt,
}: ShownBinding): ListedBinding => ({
  arn,
  roleArn,
  isUsed: LastUsedAt !== undefined,
  ...(ExpiresAt && { expiresAt: ExpiresAt }),
});

/** Makes credentials that end after some hours. It has no token: sent again, it makes others. */
export async function createBinding(
  acm: ACMClient,
  {
    endpointArn,
    roleArn,
    hours,
    tags,
  }: { endpointArn: string; roleArn: string; hours: number; tags: Record<string, string> },
): Promise<ListedBinding> {
  const { ExternalAccountBinding } = await acm.send(
    new CreateAcmeExternalAccountBindingCommand({
      AcmeEndpointArn: endpointArn,
      RoleArn: roleArn,
      Expiration: { Value: hours, Type: 'HOURS' },
      Tags: tagList(tags),
    }),
  );
  return bindingOf(ExternalAccountBinding ?? {});
}

/** The secret of a binding. */
export async function readCredentials(
  acm: ACMClient,
  AcmeExternalAccountBindingArn: string,
): Promise<{ keyId: string; macKey: string }> {
  const { KeyId: keyId = '', MacKey: macKey = '' } = await acm.send(
    new GetAcmeExternalAccountBindingCredentialsCommand({ AcmeExternalAccountBindingArn }),
  );
  return { keyId, macKey };
}

/** Ends the credentials, and deletes them unless an account was registered with them: by its binding an account is found. */
export async function endBinding(acm: ACMClient, AcmeExternalAccountBindingArn: string): Promise<void> {
  await acm.send(new RevokeAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn }));
  const { ExternalAccountBinding } = await acm.send(
    new DescribeAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn }),
  );
  if (!bindingOf(ExternalAccountBinding ?? {}).isUsed) await deleteBinding(acm, AcmeExternalAccountBindingArn);
}

/** Deletes credentials; accounts that were registered with them stay. */
export async function deleteBinding(acm: ACMClient, AcmeExternalAccountBindingArn: string): Promise<void> {
  await acm.send(new DeleteAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn }));
}
