import { Clock } from '../../../local/clock/clock.ts';
import type { AssembledStack, Template, TemplateResource } from '../../../local/deployment/assembly.ts';
import { type DeployedStack, type DeployOptions, deploy } from '../../../local/deployment/deploy.ts';
import { Draws } from '../../../local/draws/draws.ts';
import type { Principal } from '../../../local/wire/service.ts';

export const aTopic = (more: Partial<TemplateResource> = {}): TemplateResource => ({
  Type: 'AWS::SNS::Topic',
  ...more,
});

/** A stack "Stack" of these resources, with one asset. */
export const aStack = (
  Resources: Record<string, TemplateResource>,
  { paths, assets, ...template }: Partial<Template> & Partial<Pick<AssembledStack, 'paths' | 'assets'>> = {},
): AssembledStack => ({
  name: 'Stack',
  template: { Resources, ...template },
  assets: assets ?? [{ bucket: 'assets', key: 'code.zip', path: '/code' }],
  ...(paths && { paths }),
});

export interface SeenCall {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  input: any;
  principal: Principal;
}

/** Deploys against services that answer as `answers` says ("sns:CreateTopic": …), and tells which calls they saw. */
export async function deployed(
  stack: AssembledStack,
  answers: Record<string, (input: never) => object> = {},
  options: Partial<DeployOptions> = {},
): Promise<DeployedStack & { calls: SeenCall[]; published: string[] }> {
  const calls: SeenCall[] = [];
  const published: string[] = [];
  const host = {
    clock: new Clock({ startAt: new Date('2026-11-22T12:00:00Z') }),
    draws: new Draws(1),
    account: '123456789012',
    homeRegion: 'us-east-1',
    emit: () => {},
  };
  const topics: Record<string, (input: never) => object> = {
    'sns:CreateTopic': ({ Name }: { Name: string }) => ({ TopicArn: `arn:aws:sns:us-east-1:123456789012:${Name}` }),
  };
  const result = await deploy(stack, host, {
    publish: ({ key }) => void published.push(key),
    dispatch: async ({ service, operation, input, principal }) => {
      const name = `${service}:${operation}`;
      calls.push({ operation: name, input, principal });
      return (answers[name] ?? topics[name])?.(input as never) ?? {};
    },
    ...options,
  });
  return { ...result, calls, published };
}
