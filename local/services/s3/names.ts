/** Source: Amazon S3 User Guide, "General purpose buckets naming rules"; checked 2026-11-30. */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}

/** "shop.s3.eu-west-1.amazonaws.com" or "shop.s3.amazonaws.com" is the bucket "shop"; undefined of any other name. */
export function bucketIn(domainName: string): { bucket: string; region: string | undefined } | undefined {
  const [, bucket, region] =
    /^([a-z0-9][a-z0-9.-]+)\.s3(?:[.-]([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/.exec(domainName) ?? [];
  return bucket === undefined ? undefined : { bucket, region };
}
