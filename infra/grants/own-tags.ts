import type { Grant } from '../function.ts';
import type { GrantScope } from './scope.ts';

/** Only what bears the stack's own tag may be deleted, whoever asks. */
export function removeOurs({ stack }: GrantScope, resources: string[], ...actions: string[]): Grant {
  return {
    actions,
    resources,
    conditions: { StringEquals: { 'aws:ResourceTag/nameplate:stack': stack } },
  };
}

/** What is adopted may be given the stack's own tags, and no others. */
export function tagAsOurs({ stack }: GrantScope, resources: string[], ...actions: string[]): Grant {
  return {
    actions,
    resources,
    conditions: {
      StringEquals: { 'aws:RequestTag/nameplate:stack': stack },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['nameplate:site', 'nameplate:stack'] },
    },
  };
}

/** EC2's own permission to tag, only in the very calls that create. */
export function tagOnCreate(resources: string[], ...creating: string[]): Grant {
  return {
    actions: ['ec2:CreateTags'],
    resources,
    conditions: { StringEquals: { 'ec2:CreateAction': creating } },
  };
}
