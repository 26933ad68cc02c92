import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { parse } from 'tldts';
import { functionFiles } from '../../infra/bundle.ts';
import { leanClients } from '../../infra/lean-clients.ts';
import { packedSuffixes } from '../../infra/packed-suffixes.ts';
import { assembly } from '../support/assembly.ts';
import { root } from '../support/paths.ts';

/** In kB. A larger bundle makes a slower start. */
const LARGEST = 600;

interface Template {
  Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string }; Description: string } }>;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let bundles = 0;
async function bundled<Module>(contents: string, plugin: Plugin): Promise<Module> {
  const outfile = join(folder, `${plugin.name}-${bundles++}.cjs`);
  const stdin = { contents, resolveDir: root };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [plugin],
    mainFields: ['module', 'main'],
  });
  return createRequire(import.meta.url)(outfile) as Module;
}

/** The file of the bundle that was made last. */
const lastBundle = ({ name }: Plugin): string => join(folder, `${name}-${bundles - 1}.cjs`);

describe('a bundle', () => {
  test(`is no larger than ${LARGEST} kB`, () => {
    const template: Template = JSON.parse(readFileSync(join(assembly(), 'Nameplate.template.json'), 'utf8'));
    const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions).toHaveLength(functionFiles().length);
    const sizes = functions.map(({ Properties: { Code, Description } }) => {
      const asset = `asset.${basename(Code.S3Key, '.zip')}`;
      return [Description, statSync(join(assembly(), asset, 'index.cjs')).size / 1_000] as const;
    });
    expect(sizes.filter(([, size]) => size > LARGEST)).toEqual([]);
  });

  test('knows the same public suffixes as the package', async () => {
    const { parse: parsePacked } = await bundled<{ parse: typeof parse }>(
      "export { parse } from 'tldts'",
      packedSuffixes,
    );
    const names = [
      'a.co.uk',
      'b.c.kobe.jp',
      'city.kobe.jp',
      'x.github.io',
      'شبكة.السعودية.a',
      'nothing.invalid',
      'a.b.ck',
      'www.ck',
    ];
    for (const name of names) {
      expect(parsePacked(name, { allowPrivateDomains: true })).toEqual(parse(name, { allowPrivateDomains: true }));
    }
  });

  test('has no public suffixes where nothing asks for them', async () => {
    const { isRoot } = await bundled<{ isRoot(name: string): boolean }>(
      "import { parse } from 'tldts'; export const isRoot = (name) => name === '.';",
      packedSuffixes,
    );
    expect(isRoot('.')).toBe(true);
    expect(statSync(lastBundle(packedSuffixes)).size).toBeLessThan(2_000);
  });

  test('throws an error that our code has no word for by its own name and with its message', async () => {
    const { refused } = await bundled<{ refused: () => Promise<Error> }>(
      `
      import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
      import { Readable } from 'node:stream';
      const body = '<ErrorResponse><Error><Code>NoSuchGeoLocation</Code><Message>Nowhere</Message></Error></ErrorResponse>';
      const response = { statusCode: 404, headers: {}, body: Readable.from([body]) };
      const client = new Route53Client({
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: { handle: async () => ({ response }) },
      });
      export const refused = () => client.send(new ListHostedZonesCommand({})).catch((error) => error);
      `,
      leanClients,
    );
    expect(readFileSync(lastBundle(leanClients), 'utf8')).not.toContain('class NoSuchGeoLocation');
    expect(await refused()).toMatchObject({
      name: 'NoSuchGeoLocation',
      message: 'Nowhere',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("reads of EC2's answers what our code has a word for, and sends a group's rule back whole", async () => {
    const { described } = await bundled<{ described: () => Promise<unknown> }>(
      `
      import { DescribeInstancesCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
      import { Readable } from 'node:stream';
      const bodies = [
        '<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><ramdiskId>r</ramdiskId>'
          + '</item></instancesSet></item></reservationSet><nextToken>more</nextToken></DescribeInstancesResponse>',
        '<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol>'
          + '<groups><item><peeringStatus>active</peeringStatus></item></groups></item></ipPermissions></item></securityGroupInfo></DescribeSecurityGroupsResponse>',
      ];
      const client = new EC2Client({
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: { handle: async () => ({ response: { statusCode: 200, headers: {}, body: Readable.from([bodies.shift()]) } }) },
      });
      export const described = async () => {
        const { Reservations, NextToken } = await client.send(new DescribeInstancesCommand({ InstanceIds: ['i-1'] }));
        const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({}));
        return { Reservations, NextToken, SecurityGroups };
      };
      `,
      leanClients,
    );
    expect(await described()).toEqual({
      Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }],
      NextToken: 'more',
      SecurityGroups: [
        {
          GroupId: 'sg-1',
          IpPermissions: [{ IpProtocol: 'tcp', UserIdGroupPairs: [{ PeeringStatus: 'active' }] }],
        },
      ],
    });
  });

  test("pages through what ELB tells, and sends a listener's action back whole", async () => {
    const { described } = await bundled<{ described: () => Promise<unknown> }>(
      `
      import { DescribeRulesCommand, ElasticLoadBalancingV2Client, ModifyRuleCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
      import { Readable } from 'node:stream';
      const rule = '<member><Actions><member><Type>authenticate-oidc</Type><AuthenticateOidcConfig><Issuer>us</Issuer></AuthenticateOidcConfig>'
        + '</member></Actions></member>';
      const sent = [];
      const client = new ElasticLoadBalancingV2Client({
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: {
          handle: async ({ body }) => {
            sent.push(body);
            const name = /Action=(\\w+)/.exec(body)[1];
            const text = '<' + name + 'Response><' + name + 'Result><Rules>' + rule + '</Rules><NextMarker>more</NextMarker></' + name + 'Result></' + name + 'Response>';
            return { response: { statusCode: 200, headers: {}, body: Readable.from([text]) } };
          },
        },
      });
      export const described = async () => {
        const { Rules, NextMarker } = await client.send(new DescribeRulesCommand({}));
        await client.send(new ModifyRuleCommand({ RuleArn: 'r', Actions: Rules[0].Actions }));
        return { NextMarker, sent: sent[1] };
      };
      `,
      leanClients,
    );
    expect(await described()).toEqual({
      NextMarker: 'more',
      sent: expect.stringContaining('Actions.member.1.AuthenticateOidcConfig.Issuer=us'),
    });
  });
});
