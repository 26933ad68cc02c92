import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSecretsManager } from '../../../local/services/secretsmanager/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { type AFront, aFront } from '../../support/front.ts';

const DAY_MS = 86_400_000;
const Name = 'nameplate/shop';

let aws: AFront;
let secrets: SecretsManager;
beforeEach(async () => {
  aws = await aFront({ services: (host) => [createSecretsManager(host).service] });
  secrets = aws.client(SecretsManager);
});
afterEach(() => aws.close());

const create = (SecretString = 'one', more = {}) => secrets.createSecret({ Name, SecretString, ...more });
const value = async (more = {}) => (await secrets.getSecretValue({ SecretId: Name, ...more })).SecretString;

test.each([
  ['a long description', { Description: 'd'.repeat(2049) }, "at 'description' failed to satisfy constraint"],
  ['a tag without a key', { Tags: [{ Key: '', Value: 'v' }] }, "Value '' at 'tags.1.member.key' failed to satisfy"],
  ['a long name', { Name: 'a'.repeat(513) }, "at 'name' failed to satisfy constraint: Member must have length less"],
  ['nothing', { SecretString: '' }, "1 validation error detected: Value at 'secretString' failed to satisfy"],
])('of %s AWS says what is wrong, and never shows the secret', async (_, more, message) => {
  await expect(create('one', more)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

describe('versions', () => {
  test('a secret has an ARN with six characters of its own, and is found by name, ARN and ARN without them', async () => {
    const { ARN = '', VersionId } = await create();
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:nameplate\/shop-[A-Za-z0-9]{6}$/);
    for (const SecretId of [Name, ARN, ARN.slice(0, -7)]) {
      expect(await secrets.getSecretValue({ SecretId })).toMatchObject({
        ARN,
        Name,
        VersionId,
        SecretString: 'one',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: expect.any(Date),
      });
    }
    const elsewhere = aws.client(SecretsManager, { region: 'eu-central-1' });
    await expect(elsewhere.getSecretValue({ SecretId: ARN })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });

  test('an ARN without its six characters is missed where the name ends like them', async () => {
    const { ARN = '' } = await create('one', { Name: 'nameplate/shop-secret' });
    await expect(secrets.getSecretValue({ SecretId: ARN.slice(0, -7) })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    expect(await value({ SecretId: ARN })).toBe('one');
  });

  test('a new value is current, and the one before is previous', async () => {
    const { VersionId: first = '' } = await create('one');
    const { VersionId: second = '' } = await secrets.putSecretValue({ SecretId: Name, SecretString: 'two' });
    const { VersionId: third = '' } = await secrets.updateSecret({ SecretId: Name, SecretString: 'three' });
    expect([await value(), await value({ VersionStage: 'AWSPREVIOUS' }), await value({ VersionId: first })]).toEqual([
      'three',
      'two',
      'one',
    ]);
    const { VersionIdsToStages } = await secrets.describeSecret({ SecretId: Name });
    expect(VersionIdsToStages).toEqual({ [third]: ['AWSCURRENT'], [second]: ['AWSPREVIOUS'] });
    const listed = await secrets.listSecretVersionIds({ SecretId: Name, IncludeDeprecated: true });
    expect(listed.Versions?.map(({ VersionId }) => VersionId)).toEqual([first, second, third]);
    await expect(value({ VersionId: first, VersionStage: 'AWSCURRENT' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await expect(value({ VersionStage: 'mine' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('a token used again makes nothing for the same value, and is refused for another', async () => {
    const ClientRequestToken = '0123456789abcdef0123456789abcdef';
    const made = await create('one', { ClientRequestToken });
    expect(await create('one', { ClientRequestToken })).toMatchObject({ ARN: made.ARN, VersionId: ClientRequestToken });
    await expect(create('two', { ClientRequestToken })).rejects.toMatchObject({ name: 'ResourceExistsException' });
    const put = (SecretString: string) => secrets.putSecretValue({ SecretId: Name, ClientRequestToken, SecretString });
    expect(await put('one')).toMatchObject({ VersionId: ClientRequestToken });
    await expect(put('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  test('a value comes with a token of 32 characters at least, which every SDK makes', async () => {
    await create();
    const put = (input: object) =>
      aws.dispatch({
        service: 'secretsmanager',
        operation: 'PutSecretValue',
        input: { SecretId: Name, SecretString: 'two', ...input },
        principal: { arn: 'arn:aws:iam::123456789012:root' },
      });
    await expect(put({})).rejects.toMatchObject({
      code: 'InvalidRequestException',
      message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
    });
    await expect(put({ ClientRequestToken: 'short' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('versions bear one label at least when they are put, and are listed with the key of the account', async () => {
    await create();
    await expect(
      secrets.putSecretValue({ SecretId: Name, SecretString: 'two', VersionStages: [] }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await secrets.listSecretVersionIds({ SecretId: Name })).Versions).toMatchObject([
      { VersionStages: ['AWSCURRENT'], KmsKeyIds: ['DefaultEncryptionKey'] },
    ]);
  });

  test.each(['two words', 'ä'])('no secret is called %p', async (name) => {
    await expect(secrets.createSecret({ Name: name, SecretString: 'x' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Invalid name.'),
    });
  });

  test('a value is a text or bytes, of 65,536 bytes at most, and none is no value', async () => {
    await expect(create('a'.repeat(65_537))).rejects.toMatchObject({
      name: expect.stringMatching(/Invalid|Validation/),
    });
    await expect(create('a', { SecretBinary: Buffer.from('a') })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await secrets.createSecret({ Name });
    expect(await secrets.describeSecret({ SecretId: Name })).not.toHaveProperty('VersionIdsToStages');
    await expect(value()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
    await secrets.putSecretValue({ SecretId: Name, SecretBinary: Buffer.from([0, 255]) });
    const { SecretBinary } = await secrets.getSecretValue({ SecretId: Name });
    expect([...(SecretBinary ?? [])]).toEqual([0, 255]);
  });
});

describe('deletion', () => {
  test('one that is scheduled gives no value, keeps its name, is restored, and goes when its window is over', async () => {
    await create();
    const { DeletionDate } = await secrets.deleteSecret({ SecretId: Name });
    expect(DeletionDate?.getTime()).toBe(aws.clock.now().getTime() + 30 * DAY_MS);
    await expect(value()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    expect(await secrets.describeSecret({ SecretId: Name })).toMatchObject({ DeletedDate: expect.any(Date) });
    expect((await secrets.listSecrets({})).SecretList).toEqual([]);
    await secrets.restoreSecret({ SecretId: Name });
    expect(await value()).toBe('one');
    await secrets.deleteSecret({ SecretId: Name, RecoveryWindowInDays: 7 });
    await aws.clock.advance(7 * DAY_MS + 1);
    await expect(value()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await create('two');
  });

  test('by force it is gone at once, and its name some seconds later', async () => {
    await create();
    await secrets.deleteSecret({ SecretId: Name, ForceDeleteWithoutRecovery: true });
    await expect(value()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await aws.clock.advance(15_000);
    await create();
    await secrets.deleteSecret({ SecretId: 'never/was', ForceDeleteWithoutRecovery: true });
    for (const input of [{ RecoveryWindowInDays: 6 }, { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }]) {
      await expect(secrets.deleteSecret({ SecretId: Name, ...input })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
  });
});

describe('permissions', () => {
  const reading = (statement: object) =>
    aws.client(SecretsManager, {
      credentials: aws.role({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*', ...statement }),
    });

  test('are judged by the whole ARN, however the call names the secret', async () => {
    await create();
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:nameplate/shop';
    expect(await reading({ Resource: `${arn}-??????` }).getSecretValue({ SecretId: Name })).toMatchObject({ Name });
    for (const Resource of [arn, `${arn}/*`]) {
      await expect(reading({ Resource }).getSecretValue({ SecretId: Name })).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    }
  });

  test('are judged by its tags', async () => {
    await create('one', { Tags: [{ Key: 'nameplate:stack', Value: 'Nameplate' }] });
    const with_ = (value: string) =>
      reading({ Condition: { StringEquals: { 'aws:ResourceTag/nameplate:stack': value } } });
    expect(await with_('Nameplate').getSecretValue({ SecretId: Name })).toMatchObject({ Name });
    await expect(with_('Other').getSecretValue({ SecretId: Name })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await secrets.untagResource({ SecretId: Name, TagKeys: ['nameplate:stack'] });
    await expect(with_('Nameplate').getSecretValue({ SecretId: Name })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await secrets.tagResource({ SecretId: Name, Tags: [{ Key: 'nameplate:stack', Value: 'Nameplate' }] });
    expect(await with_('Nameplate').getSecretValue({ SecretId: Name })).toMatchObject({ Name });
  });

  test('a key of one’s own wants kms:Decrypt besides; of another account there is no secret', async () => {
    await create('one', { KmsKeyId: '11111111-2222-3333-4444-555555555555' });
    await expect(reading({}).getSecretValue({ SecretId: Name })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const both = reading({ Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt'] });
    expect(await both.getSecretValue({ SecretId: Name })).toMatchObject({ Name });
    const SecretId = 'arn:aws:secretsmanager:us-east-1:999999999999:secret:shop-abcdef';
    await expect(both.getSecretValue({ SecretId })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('secrets are listed newest first, by filters and in pages', async () => {
  for (const name of ['a/1', 'a/2', 'b/1']) {
    await secrets.createSecret({ Name: name });
    await aws.clock.advance(1000);
  }
  const names = async (input: object) => (await secrets.listSecrets(input)).SecretList?.map((each) => each.Name);
  expect(await names({})).toEqual(['b/1', 'a/2', 'a/1']);
  expect(await names({ SortOrder: 'asc', Filters: [{ Key: 'name', Values: ['a/'] }] })).toEqual(['a/1', 'a/2']);
  const { NextToken } = await secrets.listSecrets({ MaxResults: 2 });
  expect(await names({ MaxResults: 2, NextToken })).toEqual(['a/1']);
  for (const MaxResults of [0, 101]) {
    await expect(secrets.listSecrets({ MaxResults })).rejects.toMatchObject({ name: 'ValidationException' });
  }
});

describeWithAwsCli('the AWS CLI', () => {
  test('puts a value and gets it', async () => {
    await awsCli(aws.url, 'secretsmanager', 'create-secret', '--name', Name, '--secret-string', 'from the CLI');
    expect(await awsCli(aws.url, 'secretsmanager', 'get-secret-value', '--secret-id', Name)).toMatchObject({
      Name,
      SecretString: 'from the CLI',
    });
  });
});
