import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { CfnOriginAccessControl, CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RETRY_AFTER_SECONDS } from '../domain/pages/retry-after.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * Where the pages are that viewers get while a site is down: one private bucket, which the distributions of the account read and nobody
 * else. All of it stays when the stack is deleted: sites that are live by then go on failing over.
 */
export class Pages extends Construct {
  readonly bucket: Bucket;
  /** What the functions are told that write pages, or plan distributions which show them. */
  readonly environment: Record<string, string>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.bucket, 'S1', 'CloudFront alone reads it, and its pages are public');
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
        },
      }),
    );
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const accessControl = new CfnOriginAccessControl(this, 'AccessControl', {
      originAccessControlConfig: {
        name: uniqueName,
        description: 'Reads the pages of sites that are down',
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    accessControl.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const headers = new CfnResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyConfig: {
        name: uniqueName,
        comment: 'What the pages of sites that are down are sent with',
        customHeadersConfig: {
          items: [
            { header: 'Retry-After', value: String(RETRY_AFTER_SECONDS), override: true },
            { header: 'Cache-Control', value: 'no-store', override: true },
          ],
        },
      },
    });
    headers.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.environment = {
      PAGES_BUCKET: this.bucket.bucketName,
      PAGES_ACCESS_CONTROL: accessControl.attrId,
      PAGES_HEADERS_POLICY: headers.ref,
    };
  }
}

/** The stack's name with a part of its id: a stack that is deployed again finds the names of the one before taken. */
const uniqueName = Fn.join('-', [
  Aws.STACK_NAME,
  'pages',
  Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID)))),
]);
