import { AwsError } from '../../../wire/service.ts';
import { integrationOf } from '../integrations/resource.ts';
import { allStates } from '../language/checks/transitions.ts';
import { type Definition, parseDefinition } from '../language/definition.ts';
import { type Problem, sentenceOf } from '../language/problem.ts';

/** Compiles a definition and looks at the arguments of its tasks, as far as they stand there. */
export async function compile(text: string): Promise<{ definition: Definition; problems: Problem[] }> {
  const { definition, problems } = parseDefinition(text, { integrationOf });
  for (const { integration, taskArguments, location } of allStates(definition.workflow)) {
    for (const message of (await integration?.check(taskArguments?.source)) ?? []) {
      problems.push({ code: 'SCHEMA_VALIDATION_FAILED', message, location: `${location}/Arguments` });
    }
  }
  return { definition, problems };
}

/** Throws InvalidDefinition, which names every fault. */
export async function compileOrRefuse(text: string): Promise<Definition> {
  const { definition, problems } = await compile(text);
  if (problems.length > 0) throw new AwsError('InvalidDefinition', sentenceOf(problems));
  return definition;
}
