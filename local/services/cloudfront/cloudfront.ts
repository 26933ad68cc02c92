import type { AwsNames } from '../../dns/aws-names.ts';
import type { Resolution } from '../../dns/resolver.ts';
import type { Draws } from '../../draws/draws.ts';
import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import type { ServedCertificate } from '../elbv2/certificates.ts';
import type { AskBucket } from '../s3/ask-bucket.ts';
import type { AccessControl } from './access-controls/access-control.ts';
import type { Stranger } from './aliases/strangers.ts';
import type { Distribution } from './distributions/distribution.ts';
import { EDGE_LOCATIONS, EdgeLocation } from './edge/edge-location.ts';
import type { EdgeFunction } from './functions/function.ts';
import type { ResponseHeadersPolicy } from './response-headers/policy.ts';

/** What CloudFront needs of the rest of AWS and of the internet. */
export interface Surroundings {
  internet: Internet;
  /** ACM, whose certificates CloudFront takes from one region only. */
  certificates: {
    find(arn: string, region: string): ServedCertificate | undefined;
    use(arn: string, userArn: string): void;
    release(arn: string, userArn: string): void;
  };
  awsNames: Pick<AwsNames, 'set' | 'delete'>;
  /** The public DNS, without a cache: for origins, and for where an alias leads to. */
  resolve(name: string, type: string): Promise<Resolution>;
  /** What comes to a bucket's own address. */
  askBucket: AskBucket;
  /** The certificate of *.cloudfront.net. */
  defaultCertificate(): Promise<ServedCertificate>;
  /** The certificate authorities that edge locations trust, PEM. */
  authorities: string[];
}

/** The state of CloudFront; it is global, one for all regions. */
export class CloudFront {
  readonly host: Host;
  readonly around: Surroundings;
  /** By id, in the order of their creation. */
  readonly distributions = new Map<string, Distribution>();
  /** Those that were deleted, and until when listings show them to a role all the same. */
  readonly deleted = new Map<Distribution, Date>();
  /** Every reference that a distribution was created with, and its id; those of deleted ones stay taken. */
  readonly callerReferences = new Map<string, string>();
  /** By id. */
  readonly accessControls = new Map<string, AccessControl>();
  /** By id, without AWS's own. */
  readonly responseHeadersPolicies = new Map<string, ResponseHeadersPolicy>();
  /** By name. */
  readonly functions = new Map<string, EdgeFunction>();
  /** What is on distributions of other accounts. */
  readonly strangers: Stranger[] = [];
  /** By ARN, in ms of AWS time: from when on CloudFront takes a certificate. */
  readonly certificatesKnownAt = new Map<string, number>();
  readonly edges: readonly EdgeLocation[];

  constructor(host: Host, around: Surroundings) {
    this.host = host;
    this.around = around;
    this.edges = EDGE_LOCATIONS.map((location) => new EdgeLocation(location));
  }

  get draws(): Draws {
    return this.host.draws;
  }

  arn(id: string): string {
    return `arn:aws:cloudfront::${this.host.account}:distribution/${id}`;
  }
}
