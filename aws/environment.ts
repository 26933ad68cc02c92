/** What the template tells a function about the stack it belongs to. */
export interface Environment {
  region: string;
  /** The ledger's table. */
  tableName: string;
  eventBusName: string;
  /** Marks what is ours: tags, owner markers, derived names. */
  stackName: string;
}

/**
 * The function's environment, read here and nowhere else.
 *
 * @throws {Error} naming the variable that is missing
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  return {
    region: required(variables, 'AWS_REGION'),
    tableName: required(variables, 'TABLE_NAME'),
    eventBusName: required(variables, 'EVENT_BUS_NAME'),
    stackName: required(variables, 'STACK_NAME'),
  };
}

/** The onboarding workflow's ARN, which only the function that starts it is told. */
export function readStateMachineArn(variables: NodeJS.ProcessEnv = process.env): string {
  return required(variables, 'STATE_MACHINE_ARN');
}

function required(variables: NodeJS.ProcessEnv, name: string): string {
  const value = variables[name];
  if (!value) throw new Error(`Cannot read the environment: "${name}" is missing`);
  return value;
}
