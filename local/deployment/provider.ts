import type { Shape } from './shape.ts';

/** What a provider is given to make one resource. */
export interface Making<Properties> {
  logicalId: string;
  /** Resolved, of the provider's shape. */
  properties: Properties;
  account: string;
  region: string;
  /** A name as CloudFormation makes it, at most `max` characters long. */
  name(max?: number): string;
  /** Calls an operation as CloudFormation: { RoleArn } of events:PutRule, and so on. */
  call<Output = unknown>(service: string, operation: string, input: object): Promise<Output>;
  /** The text of an asset's file. */
  assetText(bucket: string, key: string): Promise<string>;
}

/** A resource that was made. */
export interface Made {
  /** What `Ref` gives, and its physical id. */
  ref: string;
  /** What `Fn::GetAtt` gives. */
  attributes?: Record<string, string>;
}

/** A resource as the deployment before made it. */
export interface Before<Properties> {
  made: Made;
  /** Resolved, of the provider's shape, as it was made or last updated with. */
  properties: Properties;
}

/** How one type of resource is made, and updated and deleted where that is part of the local AWS. */
// biome-ignore lint/suspicious/noExplicitAny: each provider is typed where it is written; here they only meet
export interface Provider<Properties = any> {
  /** "AWS::Lambda::Function" */
  type: string;
  /** Every property that is honoured. Any other is refused. */
  properties: Record<string, Shape>;
  create(making: Making<Properties>): Promise<Made>;
  /** The properties that `update` takes over. A change of any other one is refused. */
  updates?: readonly (keyof Properties & string)[];
  update?(making: Making<Properties>, before: Before<Properties>): Promise<void>;
  delete?(call: Making<Properties>['call'], before: Before<Properties>): Promise<void>;
}

/** A tag as most resources bear it. */
export interface Tag {
  Key: string;
  Value: string;
}

/** [{ Key, Value }] -> { key: value }, as some services take tags. */
export const tagMap = (tags: Tag[] | undefined): Record<string, string> | undefined =>
  tags && Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
