/** What the ARNs and conditions of the grants are made from. */
export interface GrantScope {
  /** "aws", "aws-cn": the partition's part of every ARN. */
  partition: string;
  region: string;
  account: string;
  /** The stack's name, which everything of ours is tagged with. */
  stack: string;
  ledgerArn: string;
  /** The kill switch. */
  mutationParameterArn: string;
  /** The bus that tells what happens to sites. */
  busArn: string;
  workflowArns: string[];
  /** The managed policy that bounds every role that the stack creates. */
  acmeBoundaryArn: string;
  /** The role of the instances that are created for sites. */
  instanceRoleArn: string;
  /** The bucket with the pages of sites that are down. */
  pagesArn: string;
  /** The schedules of maintenance windows, and the role that EventBridge Scheduler has. */
  scheduleArns: string;
  schedulerRoleArn: string;
  /** The function that brings one site to its desired maintenance. */
  followArn: string;
  /** The function that looks at the page of one site. */
  proveArn: string;
  /** The function that looks at one live site. */
  careArn: string;
  /** The function that puts back what is missing of a site. */
  repairArn: string;
  /** The function that looks at the account for the API. */
  surveyArn: string;
  /** The function that does so for what is removed. */
  surveyRemovalArn: string;
}

/** The ARN of something in the stack's own region and account: `arnHere(scope, 'ec2', 'instance/*')`. */
export function arnHere({ partition, region, account }: GrantScope, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
