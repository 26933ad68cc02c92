/** A stack as CloudFormation shows it. */
export interface Stack {
  name: string;
  /** Its ARN. */
  id: string;
  region: string;
  /** By key, with the description of the template. */
  outputs: { key: string; value: string; description: string | undefined }[];
  createdAt: Date;
  updatedAt: Date | undefined;
}

/** The stacks of the account that are deployed, by region and name. */
export class Stacks {
  readonly #stacks = new Map<string, Stack>();

  /** Takes note of a stack that was deployed, or updated. */
  deployed(stack: Pick<Stack, 'name' | 'id' | 'outputs'>, at: Date): void {
    const region = stack.id.split(':')[3] ?? '';
    const before = this.#stacks.get(`${region} ${stack.name}`);
    this.#stacks.set(`${region} ${stack.name}`, {
      ...stack,
      region,
      createdAt: before?.createdAt ?? at,
      updatedAt: before && at,
    });
  }

  /** By name or ARN. */
  find(nameOrId: string, region: string): Stack | undefined {
    return this.in(region).find(({ name, id }) => name === nameOrId || id === nameOrId);
  }

  in(region: string): Stack[] {
    return [...this.#stacks.values()].filter((stack) => stack.region === region);
  }
}
