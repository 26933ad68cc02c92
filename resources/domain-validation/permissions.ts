import { certificatesHere } from '../permissions/certificate-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, onOursWithOurTags, withOurTags } from '../permissions/own-tags.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';
import { ROLE_NAME_PREFIX, rolePath } from './role.ts';

/** ACME endpoints and what belongs to them. */
export function acmeEndpoints(scope: GrantScope): string[] {
  return [arnHere(scope, 'acm', 'acme-endpoint/*')];
}

/** The roles of the stack's own path. */
export function acmeRoles({ partition, account, ...scope }: GrantScope): string[] {
  return [`arn:${partition}:iam::${account}:role${rolePath(scope)}*`];
}

/** IAM judges a call about a role that does not exist by a name without a path. */
const missingRoles = ({ partition, account }: GrantScope): string =>
  `arn:${partition}:iam::${account}:role/${ROLE_NAME_PREFIX}*`;

/** What is created is tagged in the same call. Source: Service Authorization Reference, ACM, "Dependent actions"; checked 2026-11-30. */
const tagging = (scope: GrantScope): Grant[] => [
  withOurTags(scope, acmeEndpoints(scope), 'acm:TagResource'),
  withOurTags(scope, certificatesHere(scope), 'acm:AddTagsToCertificate'),
];

/** What a plan and the gates look at. */
export function readingDomainValidations(scope: GrantScope): Grant[] {
  return [
    anywhere('acm:ListAcmeEndpoints'),
    allow(
      acmeEndpoints(scope),
      'acm:ListAcmeDomainValidations',
      'acm:DescribeAcmeDomainValidation',
      'acm:ListAcmeExternalAccountBindings',
      'acm:ListAcmeAccounts',
      'acm:ListTagsForResource',
    ),
    allow([...acmeRoles(scope), missingRoles(scope)], 'iam:GetRole', 'iam:GetRolePolicy'),
  ];
}

/**
 * A role can be created and changed in the stack's own path only, and only with its boundary: whatever is put into its policy, it
 * requests and revokes certificates of ACME and does nothing else.
 */
export function domainValidationPermissions(scope: GrantScope): Grant[] {
  const endpoints = acmeEndpoints(scope);
  const roles = acmeRoles(scope);
  const bounded = { StringEquals: { 'iam:PermissionsBoundary': scope.acmeBoundaryArn } };
  return [
    ledgerOfStep(scope),
    ...readingDomainValidations(scope),
    withOurTags(scope, ['*'], 'acm:CreateAcmeEndpoint'),
    ...tagging(scope),
    onOursWithOurTags(scope, endpoints, 'acm:CreateAcmeDomainValidation'),
    onOurs(
      scope,
      endpoints,
      'acm:DeleteAcmeEndpoint',
      'acm:DeleteAcmeDomainValidation',
      'acm:DescribeAcmeExternalAccountBinding',
      'acm:RevokeAcmeExternalAccountBinding',
      'acm:DeleteAcmeExternalAccountBinding',
      'acm:RevokeAcmeAccount',
    ),
    { actions: ['iam:CreateRole', 'iam:PutRolePolicy'], resources: roles, conditions: bounded },
    withOurTags(scope, roles, 'iam:TagRole'),
    allow(roles, 'iam:DeleteRolePolicy', 'iam:DeleteRole'),
  ];
}

/** New credentials for the roles of the stack's own path, which are given to ACM's ACME endpoints and to no other service. */
export function bindingPermissions(scope: GrantScope): Grant[] {
  const endpoints = acmeEndpoints(scope);
  return [
    allow(endpoints, 'acm:ListAcmeExternalAccountBindings'),
    onOursWithOurTags(scope, endpoints, 'acm:CreateAcmeExternalAccountBinding'),
    ...tagging(scope),
    onOurs(
      scope,
      endpoints,
      'acm:GetAcmeExternalAccountBindingCredentials',
      'acm:DescribeAcmeExternalAccountBinding',
      'acm:RevokeAcmeExternalAccountBinding',
      'acm:DeleteAcmeExternalAccountBinding',
    ),
    {
      actions: ['iam:PassRole'],
      resources: acmeRoles(scope),
      conditions: { StringEquals: { 'iam:PassedToService': 'acm-acme.amazonaws.com' } },
    },
  ];
}
