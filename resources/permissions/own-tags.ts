import { TENANT_TAG } from '../../domain/ownership.ts';
import type { GrantScope } from './scope.ts';
import type { Grant } from './statement.ts';

/** What already bears the stack's own tag, and nothing else: changing and deleting, wherever AWS judges by tags. */
export function onOurs({ stack }: GrantScope, resources: string[], ...actions: string[]): Grant {
  return { actions, resources, conditions: { StringEquals: { 'aws:ResourceTag/nameplate:stack': stack } } };
}

/** What no stack has tagged as its own, where AWS lets nothing of it be taken over by tags first. */
export function onNobodys(resources: string[], ...actions: string[]): Grant {
  const untagged = { 'aws:ResourceTag/nameplate:stack': 'true', 'aws:ResourceTag/nameplate:site': 'true' };
  return { actions, resources, conditions: { Null: untagged } };
}

/** Tagging, and creating with tags: only with the stack's own tags, and no others. */
export function withOurTags(scope: GrantScope, resources: string[], ...actions: string[]): Grant {
  return { actions, resources, conditions: requestsOurTags(scope) };
}

/** Creating with the stack's own tags, and no others, on what already bears them: a listener of our load balancer. */
export function onOursWithOurTags(scope: GrantScope, resources: string[], ...actions: string[]): Grant {
  const { StringEquals, ...keys } = requestsOurTags(scope);
  return {
    actions,
    resources,
    conditions: { ...keys, StringEquals: { ...StringEquals, 'aws:ResourceTag/nameplate:stack': scope.stack } },
  };
}

/** EC2's own permission to tag, only in the very calls that create, and only with the stack's own tags. */
export function tagOnCreate(scope: GrantScope, resources: string[], ...creating: string[]): Grant {
  const { StringEquals, ...keys } = requestsOurTags(scope);
  return {
    actions: ['ec2:CreateTags'],
    resources,
    conditions: { ...keys, StringEquals: { ...StringEquals, 'ec2:CreateAction': creating } },
  };
}

/** Of a thing whose further tags the site declares: with the stack's own tags, and without the one that says whose tenant it is for. */
export function withDeclaredTags({ conditions, ...grant }: Grant): Grant {
  const { 'ForAllValues:StringEquals': _, ...others } = conditions ?? {};
  return { ...grant, conditions: { ...others, Null: { [`aws:RequestTag/${TENANT_TAG}`]: 'true' } } };
}

const requestsOurTags = ({ stack }: GrantScope): Record<string, Record<string, unknown>> => ({
  StringEquals: { 'aws:RequestTag/nameplate:stack': stack },
  'ForAllValues:StringEquals': { 'aws:TagKeys': ['nameplate:site', 'nameplate:stack'] },
});
