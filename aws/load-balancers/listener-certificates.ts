import {
  AddListenerCertificatesCommand,
  DescribeListenerCertificatesCommand,
  type ElasticLoadBalancingV2Client,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** The certificates that a listener serves by SNI beside its default one. The default one may be among them as well. */
export async function listFurtherCertificates(
  elb: ElasticLoadBalancingV2Client,
  listenerArn: string,
): Promise<string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await elb.send(
      new DescribeListenerCertificatesCommand({ ListenerArn: listenerArn, ...(Marker !== undefined && { Marker }) }),
    );
    for (const { CertificateArn, IsDefault } of page.Certificates ?? []) {
      if (CertificateArn !== undefined && !IsDefault) found.push(CertificateArn);
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** Has a listener serve one more certificate by SNI. One that it serves already stays. */
export async function addFurtherCertificate(
  elb: ElasticLoadBalancingV2Client,
  { listenerArn, certificateArn }: { listenerArn: string; certificateArn: string },
): Promise<void> {
  await elb.send(
    new AddListenerCertificatesCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: certificateArn }],
    }),
  );
}

/** Has a listener no longer serve a certificate by SNI. It must not be the default one (failures L6). */
export async function removeFurtherCertificate(
  elb: ElasticLoadBalancingV2Client,
  { listenerArn, certificateArn }: { listenerArn: string; certificateArn: string },
): Promise<void> {
  await elb.send(
    new RemoveListenerCertificatesCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: certificateArn }],
    }),
  );
}
