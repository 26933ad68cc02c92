/** A certificate as a load balancer serves it: looked up for each handshake, so that a renewed one is served. */
export interface ServedCertificate {
  arn: string;
  status: string;
  /** "*.example.test" covers one label. */
  domains: string[];
  keyAlgorithm: string;
  certificatePem: string;
  chainPem: string;
  privateKeyPem: string;
  notAfter: Date | undefined;
}

/** Where certificates come from: ACM. */
export interface Certificates {
  find(arn: string, region: string): ServedCertificate | undefined;
  use(arn: string, userArn: string): void;
  release(arn: string, userArn: string): void;
}
