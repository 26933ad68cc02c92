/** What a resource type's file is given to work with. */
export interface Deploying {
  /** Calls an operation as CloudFormation does: "sns", "CreateTopic", { Name }. */
  call<Output = Record<string, unknown>>(service: string, operation: string, input: object): Promise<Output>;
  stackName: string;
  logicalId: string;
  account: string;
  region: string;
  /** A name as CloudFormation makes one up: "Nameplate-Ledger-1A2B3C4D5E6F", cut to `most` characters. */
  name(most: number): string;
  /** The path of the file or folder that the assembly would upload to this bucket under this key. */
  asset(bucket: string, key: string): string;
}

/** What Ref and Fn::GetAtt answer for a resource. */
export interface Deployed {
  ref: string;
  attributes?: Record<string, unknown>;
}

/** How one type of resource is created by the calls of its service. */
export interface ResourceType {
  /** The properties it understands; any other is refused, since it would be ignored. */
  properties: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: each type's file says which properties it reads
  create(properties: any, deploying: Deploying): Promise<Deployed>;
}

/** Tags as a template has them. */
export interface TemplateTag {
  Key: string;
  Value: string;
}
