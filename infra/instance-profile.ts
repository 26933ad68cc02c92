import { Stack } from 'aws-cdk-lib';
import { CfnInstanceProfile, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge.ts';

/**
 * What the instances that are created for sites are launched with: it lets Session Manager in, and nothing else. AWS's own policy for it lets
 * an instance read every parameter of the account as well. Source: Systems Manager User Guide, "Create a custom IAM role for Session
 * Manager"; checked 2026-11-30.
 */
export class InstanceProfile extends Construct {
  readonly roleArn: string;
  readonly profileName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: 'Lets Session Manager reach the instances that are created for sites',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    });
    const instances = Stack.of(this).formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' });
    role.addToPolicy(new PolicyStatement({ actions: ['ssm:UpdateInstanceInformation'], resources: [instances] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['Control', 'Data'].flatMap((channel) => [
          `ssmmessages:Create${channel}Channel`,
          `ssmmessages:Open${channel}Channel`,
        ]),
        resources: ['*'],
      }),
    );
    acknowledgeWildcards(role, ['*', instances]);
    this.roleArn = role.roleArn;
    this.profileName = new CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] }).ref;
  }
}
