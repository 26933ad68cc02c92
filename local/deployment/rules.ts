import { DeploymentError } from './deployment-error.ts';
import { type Lookup, resolve } from './intrinsics.ts';
import type { Template, TemplateRule } from './template.ts';

/**
 * Throws DeploymentError with the rule's own words for an assertion that is false, before any resource is created.
 *
 * A rule about a parameter that Systems Manager holds is left out: what `cdk bootstrap` creates is not part of the local AWS.
 */
export function checkRules({ Rules = {}, Parameters = {} }: Template, lookup: Lookup): void {
  const held = Object.keys(Parameters).filter((name) => Parameters[name]?.Type.startsWith('AWS::SSM::'));
  for (const [name, rule] of Object.entries(Rules)) {
    if (held.some((parameter) => refersTo(rule, parameter))) continue;
    const { RuleCondition, Assertions = [] } = rule;
    if (RuleCondition !== undefined && resolve(RuleCondition, lookup) !== true) continue;
    const broken = Assertions.find(({ Assert }) => resolve(Assert, lookup) !== true);
    if (broken)
      throw new DeploymentError(`its rule "${name}" is not met: ${broken.AssertDescription ?? 'it says no more'}`);
  }
}

const refersTo = (rule: TemplateRule, parameter: string): boolean =>
  JSON.stringify(rule).includes(JSON.stringify({ Ref: parameter }));
