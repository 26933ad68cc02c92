import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  RemoveTagsFromResourceCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSsm } from '../../../local/services/ssm/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { type AFront, aFront } from '../../support/front.ts';

const Name = '/shop/mode';
const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

describe('Parameter Store', () => {
  let aws: AFront;
  let ssm: SSMClient;
  beforeEach(async () => {
    aws = await aFront({ services: (host) => [createSsm(host).service] });
    ssm = aws.client(SSMClient);
  });
  afterEach(() => aws.close());

  const put = (input: Partial<PutParameterCommandInput> = {}) =>
    ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'open', ...input }));
  const get = async (name = Name) => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter;

  test('the newest images are parameters that AWS publishes: in no account, not listed, and not to be deleted', async () => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: IMAGE }));
    expect(Parameter).toMatchObject({
      Name: IMAGE,
      Value: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
      ARN: `arn:aws:ssm:us-east-1::parameter${IMAGE}`,
    });
    await expect(ssm.send(new DeleteParameterCommand({ Name: IMAGE }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await expect(ssm.send(new GetParameterCommand({ Name: `${IMAGE}-2` }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  test('gives what is below a path, directly or however deep, page by page', async () => {
    for (const each of ['/shop/mode', '/shop/eu/mode', '/shop/eu/colour', '/shopping', 'shop'])
      await put({ Name: each });
    const below = async (input: object) => {
      const { Parameters, NextToken } = await ssm.send(new GetParametersByPathCommand({ Path: '/shop', ...input }));
      return { names: Parameters?.map((each) => each.Name), NextToken };
    };
    expect((await below({})).names).toEqual(['/shop/mode']);
    expect((await below({ Path: '/shop/' })).names).toEqual(['/shop/mode']);
    const first = await below({ Recursive: true, MaxResults: 2 });
    expect(first.names).toEqual(['/shop/eu/colour', '/shop/eu/mode']);
    expect((await below({ Recursive: true, NextToken: first.NextToken })).names).toEqual(['/shop/mode']);
    expect((await below({ Path: '/none' })).names).toEqual([]);
    expect((await below({ Path: '/aws/service/ami-amazon-linux-latest' })).names).toContain(IMAGE);
    await expect(below({ Path: 'shop' })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(below({ MaxResults: 11 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(below({ NextToken: 'odd' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  test('is judged by the path that is asked for', async () => {
    await put();
    const credentials = aws.role({
      Effect: 'Allow',
      Action: 'ssm:GetParametersByPath',
      Resource: 'arn:aws:ssm:us-east-1:123456789012:parameter/shop',
    });
    const role = aws.client(SSMClient, { credentials });
    expect((await role.send(new GetParametersByPathCommand({ Path: '/shop/' }))).Parameters).toHaveLength(1);
    await expect(role.send(new GetParametersByPathCommand({ Path: '/' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('gives a parameter back as it was put, by name and by ARN', async () => {
    expect(await put()).toMatchObject({ Version: 1, Tier: 'Standard' });
    const ARN = `arn:aws:ssm:us-east-1:123456789012:parameter${Name}`;
    const parameter = await get();
    expect(parameter).toEqual({
      Name,
      Type: 'String',
      Value: 'open',
      Version: 1,
      LastModifiedDate: expect.any(Date),
      ARN,
      DataType: 'text',
    });
    expect(await get(ARN)).toEqual(parameter);
  });

  test('answers ParameterNotFound for one that is not there, and in another region', async () => {
    await put();
    await expect(get('/shop/other')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    const elsewhere = aws.client(SSMClient, { region: 'eu-central-1' });
    await expect(elsewhere.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  test.each(['shop/mode', '/shop//mode', '/shop/mode/', '/shop mode', '/shop/möde', ''])(
    'A9: refuses to read "%s", which no parameter can be named, and does not say that it is not there',
    async (malformed) => {
      await expect(get(malformed)).rejects.toMatchObject({ name: 'ValidationException' });
      const command = new DeleteParameterCommand({ Name: malformed });
      await expect(ssm.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );

  test('overwrites only when told to, and counts versions', async () => {
    await put();
    const { LastModifiedDate: before = new Date() } = (await get()) ?? {};
    await expect(put({ Value: 'closed' })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
      message: expect.stringContaining('set the overwrite option'),
    });
    expect((await get())?.Value).toBe('open');
    await aws.clock.advance(60_000);
    expect(await put({ Value: 'closed', Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });
    const { Value, LastModifiedDate: after = before } = (await get()) ?? {};
    expect(Value).toBe('closed');
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(60_000);
    expect(await get(`${Name}:1`)).toMatchObject({ Value: 'open', Selector: ':1' });
    await expect(get(`${Name}:3`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  });

  test('keeps the last hundred versions', async () => {
    for (let version = 1; version <= 101; version += 1) {
      await put({ Value: `v${version}`, Overwrite: true });
      await aws.clock.advance(100);
    }
    expect(await get()).toMatchObject({ Version: 101 });
    await expect(get(`${Name}:1`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    expect(await get(`${Name}:2`)).toMatchObject({ Value: 'v2' });
  });

  test.each([
    [{ Name: 'aws-mode' }, 'ValidationException'],
    [{ Name: '/ssm/mode' }, 'ValidationException'],
    [{ Name: '/aws/mode' }, 'AccessDeniedException'],
    [{ Name: 'shop/mode' }, 'ValidationException'],
    [{ Name: '/shop/two words' }, 'ValidationException'],
    [{ Name: `/${'a'.repeat(1_011)}` }, 'ValidationException'],
    [{ Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    [{ Value: 'x'.repeat(4_097) }, 'ValidationException'],
    [{ Value: '' }, 'ValidationException'],
    [{ Type: undefined }, 'ValidationException'],
    [{ AllowedPattern: '^closed$' }, 'ParameterPatternMismatchException'],
    [{ AllowedPattern: '(' }, 'InvalidAllowedPatternException'],
    [{ Tier: 'Gold' as 'Standard' }, 'ValidationException'],
    [{ Value: '{{ssm:/other}}' }, 'ValidationException'],
    [{ Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException'],
  ] satisfies [Partial<PutParameterCommandInput>, string][])('refuses %j', async (input, name) => {
    await expect(put(input)).rejects.toMatchObject({ name });
    expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toEqual([]);
  });

  test('keeps the type that a parameter has', async () => {
    await put({ Type: 'StringList', Value: 'a,b' });
    await expect(put({ Overwrite: true })).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' });
  });

  test.each([
    { Type: 'SecureString' },
    { Tier: 'Advanced' },
    { Policies: '[]' },
    { DataType: 'aws:ec2:image' },
  ] satisfies Partial<PutParameterCommandInput>[])('says that %j is not here', async (input) => {
    await expect(put(input)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('not part of the local AWS'),
    });
  });

  test('gets several at once, and names those that are not there', async () => {
    await put();
    const { Parameters, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: [Name, '/shop/other'] }),
    );
    expect(Parameters).toMatchObject([{ Name, Value: 'open' }]);
    expect(InvalidParameters).toEqual(['/shop/other']);
    const Names = Array.from({ length: 11 }, (_, n) => `/shop/${n}`);
    await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('describes parameters without their values, by name, a page at a time', async () => {
    for (const name of ['/b', '/a', '/c']) await put({ Name: name, Description: 'One', AllowedPattern: '^open$' });
    const first = await ssm.send(new DescribeParametersCommand({ MaxResults: 2 }));
    expect(first.Parameters).toMatchObject([
      { Name: '/a', Description: 'One', AllowedPattern: '^open$', Version: 1, Type: 'String', Tier: 'Standard' },
      { Name: '/b' },
    ]);
    expect(JSON.stringify(first.Parameters)).not.toContain('"Value"');
    const second = await ssm.send(new DescribeParametersCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect(second.Parameters).toMatchObject([{ Name: '/c' }]);
    expect(second.NextToken).toBeUndefined();
    const begins = [{ Key: 'Name', Option: 'BeginsWith', Values: ['/b'] }];
    const { Parameters } = await ssm.send(new DescribeParametersCommand({ ParameterFilters: begins }));
    expect(Parameters).toMatchObject([{ Name: '/b' }]);
  });

  test('describes one at least and 50 at most a page, and tags nothing of an unknown type', async () => {
    for (const MaxResults of [0, 51]) {
      await expect(ssm.send(new DescribeParametersCommand({ MaxResults }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
    const ResourceType = 'Poem' as 'Parameter';
    await expect(ssm.send(new ListTagsForResourceCommand({ ResourceType, ResourceId: Name }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('forgets a parameter that is deleted', async () => {
    await put();
    await ssm.send(new DeleteParameterCommand({ Name }));
    await expect(get()).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(ssm.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await put();
    const answer = await ssm.send(new DeleteParametersCommand({ Names: [Name, '/shop/other'] }));
    expect(answer).toMatchObject({ DeletedParameters: [Name], InvalidParameters: ['/shop/other'] });
  });

  test('tags a parameter', async () => {
    await put({ Tags: [{ Key: 'team', Value: 'web' }] });
    const resource = { ResourceType: 'Parameter', ResourceId: Name } as const;
    await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'stage', Value: 'test' }] }));
    await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['team'] }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource));
    expect(TagList).toEqual([{ Key: 'stage', Value: 'test' }]);
    const other = { ...resource, ResourceId: '/shop/other' };
    await expect(ssm.send(new ListTagsForResourceCommand(other))).rejects.toMatchObject({ name: 'InvalidResourceId' });
  });

  test('lets a role read only the parameter that its policy names', async () => {
    await put();
    await put({ Name: '/shop/secret' });
    const Resource = `arn:aws:ssm:us-east-1:123456789012:parameter${Name}`;
    const reader = aws.client(SSMClient, {
      credentials: aws.role({ Effect: 'Allow', Action: 'ssm:GetParameter', Resource }),
    });
    expect((await reader.send(new GetParameterCommand({ Name }))).Parameter?.Value).toBe('open');
    for (const command of [
      new GetParameterCommand({ Name: '/shop/secret' }),
      new PutParameterCommand({ Name, Value: 'closed', Overwrite: true }) as never,
    ]) {
      await expect(reader.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });

  test('has room for 40 calls, then for 40 a second', async () => {
    await put();
    const burst = await Promise.allSettled(Array.from({ length: 45 }, () => get()));
    const refused = burst.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ name: 'ThrottlingException' }) }),
    );
    await aws.clock.advance(1_000);
    expect((await get())?.Value).toBe('open');
  });

  describeWithAwsCli('the AWS CLI', () => {
    test('puts, overwrites and gets a parameter', async () => {
      await awsCli(aws.url, 'ssm', 'put-parameter', '--name', Name, '--type', 'String', '--value', 'open');
      await awsCli(aws.url, 'ssm', 'put-parameter', '--name', Name, '--value', 'closed', '--overwrite');
      expect(await awsCli(aws.url, 'ssm', 'get-parameter', '--name', Name)).toMatchObject({
        Parameter: { Name, Value: 'closed', Version: 2, Type: 'String' },
      });
      expect(await awsCli(aws.url, 'ssm', 'describe-parameters')).toMatchObject({ Parameters: [{ Name }] });
    });
  });
});
