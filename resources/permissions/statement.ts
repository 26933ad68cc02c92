/** What one policy statement allows. */
export interface Grant {
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, unknown>>;
}

/** What the functions of one folder may do, by the name of the function's file. */
export type FunctionGrants = Record<string, Grant[]>;

/** Certain actions on certain resources. */
export function allow(resources: string[], ...actions: string[]): Grant {
  return { actions, resources };
}

/** Actions that IAM can't narrow down to a resource, or whose resource isn't known beforehand: listings, for the most part. */
export function anywhere(...actions: string[]): Grant {
  return { actions, resources: ['*'] };
}
