import {
  CreateAcmeExternalAccountBindingCommand,
  GetAcmeExternalAccountBindingCredentialsCommand,
  ListAcmeExternalAccountBindingsCommand,
} from '@aws-sdk/client-acm';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/sites/create-server-credentials.ts';
import {
  accessTo,
  BY_ACME,
  bindingArn,
  DIRECTORY,
  ENDPOINT_ARN,
  NAMES,
  ROLE_ARN,
  useAcme,
} from '../../support/acme-mock.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { awsError, domain, givenSite, givenUndo, mutations, ownTags } from '../../support/steps.ts';

const ledger = useLedger();
const { acm } = useAcme();
const ssm = mockClient(SSMClient);
const expiresAt = new Date('2026-12-01T12:00:00.000Z');
const validated = { RequestDomainValidations: accessTo(...NAMES), AwaitDomainValidations: {} };

beforeEach(() => {
  ssm.reset();
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'allowed' } });
  acm.on(CreateAcmeExternalAccountBindingCommand).resolves({
    ExternalAccountBinding: {
      AcmeExternalAccountBindingArn: bindingArn('new'),
      RoleArn: ROLE_ARN,
      ExpiresAt: expiresAt,
    },
  });
  acm
    .on(GetAcmeExternalAccountBindingCredentialsCommand, { AcmeExternalAccountBindingArn: bindingArn('new') })
    .resolves({ KeyId: 'key', MacKey: 'secret' });
});

async function ask() {
  const path = '/v1/sites/{domain}/server-credentials';
  const answer = await handler(aRequest({ method: 'POST', path, parameters: { domain } }), apiContext);
  return { ...answer, json: JSON.parse(answer.body ?? '{}') };
}

describe('POST /v1/sites/{domain}/server-credentials', () => {
  test('12: makes credentials for a day, kept by no cache, and revokes unused ones of before', async () => {
    await givenSite(ledger, { site: BY_ACME, outputs: validated });
    acm.on(ListAcmeExternalAccountBindingsCommand).resolves({
      ExternalAccountBindings: [
        { AcmeExternalAccountBindingArn: bindingArn('unused'), RoleArn: ROLE_ARN },
        { AcmeExternalAccountBindingArn: bindingArn('used'), RoleArn: ROLE_ARN, LastUsedAt: new Date(0) },
        { AcmeExternalAccountBindingArn: bindingArn('of another site'), RoleArn: 'arn:another' },
      ],
    });
    const { statusCode, headers, json } = await ask();
    expect([statusCode, headers?.['cache-control']]).toEqual([201, 'no-store']);
    expect(json).toEqual({
      names: NAMES,
      directory: DIRECTORY,
      keyId: 'key',
      macKey: 'secret',
      expiresAt: expiresAt.toISOString(),
    });
    expect(mutations(acm)).toEqual([
      'RevokeAcmeExternalAccountBinding',
      'DeleteAcmeExternalAccountBinding',
      'CreateAcmeExternalAccountBinding',
    ]);
    expect(acm.commandCalls(CreateAcmeExternalAccountBindingCommand)[0]?.args[0].input).toEqual({
      AcmeEndpointArn: ENDPOINT_ARN,
      RoleArn: ROLE_ARN,
      Expiration: { Value: 24, Type: 'HOURS' },
      Tags: ownTags,
    });
  });

  test('is refused while ACM has not validated the names', async () => {
    await givenSite(ledger, { site: BY_ACME, outputs: { RequestDomainValidations: accessTo(...NAMES) } });
    const { statusCode, json } = await ask();
    expect([statusCode, json.type]).toEqual([409, 'urn:nameplate:problem:not-validated']);
    expect(acm.calls()).toHaveLength(0);
  });

  test('is refused where the server gets no certificate by ACME, or the site is taken back', async () => {
    await givenSite(ledger, { outputs: validated });
    expect((await ask()).json.type).toBe('urn:nameplate:problem:no-acme-certificate');
  });

  test('is refused while the site is taken back', async () => {
    await givenUndo(ledger, { site: BY_ACME, outputs: validated });
    expect((await ask()).json.type).toBe('urn:nameplate:problem:no-acme-certificate');
  });

  test('makes nothing while all changes are stopped', async () => {
    await givenSite(ledger, { site: BY_ACME, outputs: validated });
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'stopped' } });
    expect((await ask()).statusCode).toBe(503);
    expect(mutations(acm)).toEqual([]);
  });

  test('is to be repeated where a new role is not known everywhere yet', async () => {
    await givenSite(ledger, { site: BY_ACME, outputs: validated });
    acm.on(CreateAcmeExternalAccountBindingCommand).rejects(awsError('ValidationException', 'cannot be assumed'));
    const { statusCode, headers } = await ask();
    expect([statusCode, headers?.['retry-after']]).toEqual([503, '10']);
  });
});
