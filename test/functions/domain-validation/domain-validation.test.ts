import {
  CreateAcmeDomainValidationCommand,
  CreateAcmeEndpointCommand,
  ListAcmeAccountsCommand,
  ListAcmeExternalAccountBindingsCommand,
} from '@aws-sdk/client-acm';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/resources/domain-validation.ts';
import {
  accessTo,
  BOUNDARY,
  BY_ACME,
  bindingArn,
  NAMES,
  ROLE_ARN,
  ROLE_NAME,
  useAcme,
  validationArn,
} from '../../support/acme-mock.ts';
import { useLedger } from '../../support/ledger.ts';
import { aCdn } from '../../support/site.ts';
import {
  context,
  declareAnew,
  domain,
  event,
  givenSite,
  givenStep,
  givenUndo,
  mutations,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const { acm, iam, anEndpoint, validations, aRole } = useAcme();
const prepare = () => handler({ ...event, phase: 'prepare' }, context);
const release = () => handler({ ...event, phase: 'release' }, context);

describe('RequestDomainValidations', () => {
  beforeEach(() => givenSite(ledger, { site: BY_ACME }));

  test('12: creates the endpoint of the stack, a validation for exactly each name, and a bounded role for these names', async () => {
    expect(await prepare()).toEqual(accessTo(...NAMES));
    const [endpoint] = acm.commandCalls(CreateAcmeEndpointCommand);
    expect(endpoint?.args[0].input).toMatchObject({ AuthorizationBehavior: 'PRE_APPROVED', Contact: 'NOT_REQUIRED' });
    const asked = acm.commandCalls(CreateAcmeDomainValidationCommand).map(({ args }) => args[0].input);
    expect(asked.map(({ DomainName }) => DomainName)).toEqual(NAMES);
    expect(asked[0]?.PrevalidationOptions?.DnsPrevalidation).toEqual({
      DomainScope: { ExactDomain: 'ENABLED', Subdomains: 'DISABLED', Wildcards: 'DISABLED' },
    });
    const [role] = iam.commandCalls(CreateRoleCommand);
    expect(role?.args[0].input).toMatchObject({
      RoleName: ROLE_NAME,
      Path: '/nameplate/Nameplate/us-east-1/',
      PermissionsBoundary: BOUNDARY,
      AssumeRolePolicyDocument: expect.stringContaining('acm-acme.amazonaws.com'),
    });
    const [policy] = iam.commandCalls(PutRolePolicyCommand);
    expect(JSON.parse(policy?.args[0].input.PolicyDocument ?? '')).toMatchObject({
      Statement: [
        {
          Action: 'acm:RequestCertificate',
          Condition: {
            StringEquals: { 'acm:CertificateKeyPairOrigin': 'ACME' },
            'ForAllValues:StringEquals': { 'acm:DomainNames': NAMES },
          },
        },
        { Action: 'acm:RevokeCertificate' },
      ],
    });
    expect((await theStep(ledger, 'RequestDomainValidations')).made.filter(({ ours }) => ours)).toMatchObject([
      { type: 'domain validation', id: validationArn(NAMES[0]) },
      { type: 'domain validation', id: validationArn(NAMES[1]) },
      { type: 'ACME role', id: ROLE_ARN },
    ]);
  });

  test('makes nothing a second time', async () => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'VALIDATING' });
    aRole(NAMES);
    expect(await prepare()).toEqual(accessTo(...NAMES));
    expect([...mutations(acm), ...mutations(iam)]).toEqual([]);
  });

  test('finds the validation of an origin name again that an earlier run made and did not write down', async () => {
    const origin = `origin.${domain}`;
    await declareAnew(ledger, { edge: 'cdn', cdn: { ...aCdn(), lock: false, host: 'origin' } });
    validations({ [origin]: 'VALIDATING' });
    aRole([origin]);
    expect(await prepare()).toEqual(accessTo(origin));
    expect([...mutations(acm), ...mutations(iam)]).toEqual([]);
  });

  test('waits until the endpoint is active: ACM fails what is validated before', async () => {
    anEndpoint('CREATING');
    await expect(prepare()).rejects.toMatchObject({ name: 'NotReady' });
    expect(mutations(acm)).toEqual([]);
  });

  test('stops at the validation of another site', async () => {
    const of = [
      { Key: 'nameplate:site', Value: 'other.test' },
      { Key: 'nameplate:stack', Value: 'Nameplate' },
    ];
    validations({ [domain]: 'VALID' }, { of });
    await expect(prepare()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('it belongs to the site "other.test"'),
    });
    expect([...mutations(acm), ...mutations(iam)]).toEqual([]);
  });

  test('replaces a validation that has failed', async () => {
    validations({ [NAMES[0]]: 'INVALID', [NAMES[1]]: 'VALID' });
    aRole(NAMES);
    await prepare();
    expect(mutations(acm)).toEqual(['DeleteAcmeDomainValidation', 'CreateAcmeDomainValidation']);
  });

  test('adds a name to the role beside those of before: the server serves them until the change is over', async () => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'VALID' });
    aRole([domain, 'old.test']);
    await prepare();
    expect(JSON.stringify(iam.commandCalls(PutRolePolicyCommand)[0]?.args[0].input)).toContain(
      JSON.stringify(JSON.stringify([...NAMES, 'old.test'].sort())).slice(1, -1),
    );
  });

  test('puts its policy in the place of one that a person has changed', async () => {
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'VALID' });
    aRole([]);
    await prepare();
    expect(mutations(iam)).toEqual(['PutRolePolicy']);
  });
});

describe('RemoveDomainValidations', () => {
  const requested = () => givenStep(ledger, { name: 'RequestDomainValidations', output: accessTo(...NAMES) });

  test('asks AWS nothing where the site never had any', async () => {
    await givenUndo(ledger);
    await release();
    expect([...acm.calls(), ...iam.calls()]).toEqual([]);
  });

  test('12: ends credentials, then accounts, then the role, then the validations, and the endpoint with the last of them', async () => {
    await givenUndo(ledger, { site: BY_ACME });
    await requested();
    validations({ [NAMES[0]]: 'VALID', [NAMES[1]]: 'INVALID' });
    aRole(NAMES);
    const AcmeExternalAccountBindingArn = bindingArn('b1');
    acm.on(ListAcmeExternalAccountBindingsCommand).resolves({
      ExternalAccountBindings: [
        { AcmeExternalAccountBindingArn, RoleArn: ROLE_ARN, LastUsedAt: new Date() },
        { AcmeExternalAccountBindingArn: bindingArn('other'), RoleArn: 'arn:another' },
      ],
    });
    acm.on(ListAcmeAccountsCommand).resolves({
      AcmeAccounts: [
        { AccountUrl: 'https://one', Status: 'VALID', AcmeExternalAccountBindingArn },
        { AccountUrl: 'https://two', Status: 'VALID', AcmeExternalAccountBindingArn: bindingArn('other') },
      ],
    });
    expect(await release()).toEqual({ left: [] });
    expect(mutations(acm)).toEqual([
      'RevokeAcmeExternalAccountBinding',
      'DeleteAcmeExternalAccountBinding',
      'RevokeAcmeAccount',
      'DeleteAcmeExternalAccountBinding',
      'DeleteAcmeDomainValidation',
      'DeleteAcmeDomainValidation',
      'DeleteAcmeEndpoint',
    ]);
    expect(mutations(iam)).toEqual(['DeleteRolePolicy', 'DeleteRole']);
  });

  test('12: keeps the endpoint while another site has a domain validated by it', async () => {
    await givenUndo(ledger, { site: BY_ACME });
    await requested();
    validations({ [domain]: 'VALID', 'other.test': 'VALID' });
    aRole(NAMES);
    expect(await release()).toEqual({ left: [] });
    expect(mutations(acm)).toEqual(['DeleteAcmeDomainValidation']);
    expect((await theStep(ledger, 'RemoveDomainValidations')).message).not.toContain('Deleted the ACME endpoint');
  });

  test('leaves a role and validations of others alone', async () => {
    await givenUndo(ledger, { site: BY_ACME });
    await requested();
    validations({ [domain]: 'VALID' }, { of: [] });
    aRole(NAMES, []);
    await release();
    expect([...mutations(acm), ...mutations(iam)]).toEqual([]);
  });
});
