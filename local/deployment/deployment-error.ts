/** Why a template cannot be deployed, in one sentence that names the resource and where it stands in the app. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}

/** A resource as errors speak of it: `AWS::SQS::Queue "DeadLetters12AB" (Stack/DeadLetters/Resource)`. */
export interface Named {
  type: string;
  logicalId: string;
  /** Where the CDK app made it; undefined when the assembly doesn't say. */
  path: string | undefined;
}

export const nameOf = ({ type, logicalId, path }: Named): string =>
  `${type} "${logicalId}"${path === undefined ? '' : ` (${path})`}`;
