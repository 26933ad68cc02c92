/** An Elastic IP address of the account. */
export interface ElasticAddress {
  allocationId: string;
  address: string;
  /** The instance it is associated with. */
  instanceId?: string;
  associationId?: string;
  tags: Record<string, string>;
}
