/** What `nameplate deploy --help` prints. */
export const USAGE = `Usage: nameplate deploy [options] [words of "cdk deploy"]

Looks whether the account can be deployed to, has CDK show
all changes, asks, and deploys. Without a terminal it
needs --yes.

Options:
  --yes             do not ask
  --bootstrap       run "cdk bootstrap" before, where it has
                    not been run
  --json            print outputs and changes of the stacks,
                    for scripts; needs --yes, and what
                    happens goes to stderr
  --profile <name>  the AWS profile to deploy with
  -h, --help        display help for command

Everything else goes to "cdk deploy", such as
-c tenantOperations=50.

Exit codes: 0 all is deployed, 1 CDK has failed or the
answer was no, 2 nothing was begun: no region, credentials
or bootstrap, or nobody to ask.

Next: nameplate deploy`;
